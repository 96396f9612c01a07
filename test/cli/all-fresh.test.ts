import { appendFileSync, copyFileSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, describe, expect, it } from "vitest"
import { recall, remember } from "../../src/store/memory-file.ts"
import { StudyFolder, smallStudy } from "./study-folder.ts"

let study: StudyFolder
afterEach(() => study.remove())

const only = (folder: string): string => join(folder, readdirSync(folder)[0]!)
const answer = () => only(join(study.path, "cache/remembered/fresh"))
/** A study that has run; what is remembered of it says 99 nodes, by which it is known again. */
const marked = (): StudyFolder => {
  study = new StudyFolder(smallStudy)
  expect(study.sediment("run").code).toBe(0)
  remember(answer(), recall(answer())!.replace(/"nodes":\d+/, '"nodes":99'))
  return study
}
const isTaken = (): boolean => study.sediment("status").out.includes("99 nodes")
const someObject = () => only(only(join(study.path, "cache/objects")))
const segment = () => only(join(study.path, "cache/traces"))
const flip = (path: string): void => {
  const bytes = readFileSync(path)
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(path, bytes)
}

describe("the remembered answer that every node is fresh", () => {
  it("is taken while nothing has changed, by run and by status, and the run is recorded", () => {
    marked()
    expect(isTaken()).toBe(true)
    expect(study.sediment("run").err).toContain("99 nodes: 0 ran, 99 fresh")
    expect(readdirSync(join(study.path, "cache/runs")).length).toBe(2)
    expect(study.json("status").nodes.length).toBeLessThan(99)
  })

  const changes: ReadonlyArray<readonly [what: string, change: () => void]> = [
    ["dag.ts", () => study.edit("dag.ts", '"fdi"', '"gov"')],
    ["a stage", () => study.edit("stages/parse.ts", "import", "// a comment\nimport")],
    ["a source", () => study.edit("data/controls.csv", /\d/, "7")],
    [
      "a source, size and time of modification kept",
      () => {
        const path = join(study.path, "data/controls.csv")
        const { atime, mtime } = statSync(path)
        study.edit("data/controls.csv", "1", "2")
        utimesSync(path, atime, mtime)
      }
    ],
    ["a source that is gone", () => rmSync(join(study.path, "data/controls.csv"))],
    ["a source's note", () => study.edit("dag.ts", "made up", "made up of thin air")],
    ["a new lockfile", () => study.write("package-lock.json", '{ "lockfileVersion": 3, "packages": {} }')],
    ["an object that is gone", () => rmSync(someObject())],
    ["an object under another name", () => renameSync(someObject(), `${someObject()}.tmp`)],
    ["a segment of traces that is gone", () => rmSync(segment())],
    ["a segment of traces that is cut", () => truncateSync(segment(), statSync(segment()).size - 1)],
    ["a segment of traces that has grown", () => appendFileSync(segment(), "x")],
    ["a flipped bit in the traces", () => flip(segment())],
    ["another segment of traces", () => copyFileSync(segment(), `${segment().slice(0, -4)}-2.log`)],
    ["a flipped bit in the answer", () => flip(answer())]
  ]
  it.each(changes)("is not taken after a change of %s", (_, change) => {
    marked()
    change()
    expect(isTaken()).toBe(false)
  })

  it("is not one that only a part of the study gave, or a run that failed", () => {
    study = new StudyFolder(smallStudy)
    study.sediment("run", "gov-mean")
    expect(() => answer()).toThrow()
    study.edit("data/outcomes.csv", /\d/, "x")
    expect(study.sediment("run").code).toBe(1)
    expect(() => answer()).toThrow()
  })
})
