import { appendFileSync, copyFileSync, cpSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { Effect } from "effect"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { FileMemory } from "../../src/engine/file-memory.ts"
import { FreshMemory } from "../../src/engine/fresh-memory.ts"
import { quietStudies } from "../../src/engine/quiet.ts"
import { loadStudy } from "../../src/engine/study.ts"
import { storeFiles } from "../../src/store/layer.ts"
import { recall, remember } from "../../src/store/memory-file.ts"
import { cli, StudyFolder, smallStudy } from "./study-folder.ts"

let study: StudyFolder

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
  afterEach(() => study.remove())

  it("is taken while nothing has changed, by run and by status, and the run is recorded", () => {
    marked()
    expect(isTaken()).toBe(true)
    expect(study.sediment("run").err).toContain("99 nodes: 0 ran, 99 fresh")
    expect(readdirSync(join(study.path, "cache/runs")).length).toBe(2)
    expect(study.json("status").nodes.length).toBeLessThan(99)
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

describe("the remembered answer, of one study that has run", () => {
  let kept: StudyFolder
  beforeAll(() => {
    marked()
    kept = new StudyFolder({})
    cpSync(study.path, kept.path, { recursive: true, preserveTimestamps: true })
  })
  afterAll(() => {
    study.remove()
    kept.remove()
  })
  // What has the content that it had is what it was.
  afterEach(() => {
    for (const name of readdirSync(study.path)) rmSync(join(study.path, name), { recursive: true })
    cpSync(kept.path, study.path, { recursive: true, preserveTimestamps: true })
  })

  /** As status asks, without a process of its own: of a study that has not changed. */
  const isTakenHere = async (): Promise<boolean> => {
    const cache = study.at("cache")
    const files = new FileMemory(join(cache, "remembered", "files.json"))
    const beside = (name: string) => new URL(name, pathToFileURL(cli))
    const installation = { cli: beside("cli.mjs"), effect: beside("effect.mjs"), framework: beside("framework.mjs"), worker: beside("worker.mjs") }
    const quiet = Effect.gen(function* () {
      const one = yield* loadStudy(study.at("dag.ts"), { cache, installation, files, replaced: new Map() })
      return yield* quietStudies([one], new FreshMemory(cache, files, () => false))
    })
    return (await Effect.runPromise(quiet.pipe(Effect.provide(storeFiles(cache, "asking"))))).length > 0
  }

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
  it.each(changes)("is not taken after a change of %s", async (_, change) => {
    expect(await isTakenHere()).toBe(true)
    change()
    expect(isTaken()).toBe(false)
  })
})
