import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, describe, expect, it } from "vitest"
import { printingStudy } from "./printing-study.ts"
import { ranIn, type StudyFolder } from "./study-folder.ts"

let study: StudyFolder
afterEach(() => study.remove())

const withTable = (): StudyFolder => {
  study = printingStudy()
  return study
}
const rendered = () => join(study.path, "results/small/shown[a~2fb].md")

describe("results", () => {
  it("are files that any system takes the names of, made again where they or the record of them are gone", () => {
    withTable().run()
    const text = readFileSync(rendered(), "utf8")
    expect(text).toContain("mean")
    rmSync(rendered())
    study.write("results/small/.rendered.json", "{ torn")
    expect(study.ran()).toEqual([])
    expect(readFileSync(rendered(), "utf8")).toBe(text)
  })

  it("of a run that was killed before it wrote down what it rendered are not taken for those of before", () => {
    withTable().run()
    const text = readFileSync(rendered(), "utf8")
    const record = study.read("results/small/.rendered.json")
    study.edit("data/controls.csv", "1,10", "100,10")
    study.run()
    study.write("results/small/.rendered.json", record)
    study.edit("data/controls.csv", "100,10", "1,10")
    study.run()
    expect(readFileSync(rendered(), "utf8")).toBe(text)
  })

  it("rest on whole artifacts: a damaged one is made again before it is rendered", () => {
    withTable().run()
    const artifact = join(study.path, study.sediment("path", "shown[a/b]").out.trim())
    const bytes = readFileSync(artifact)
    bytes[bytes.length >> 1]! ^= 1
    writeFileSync(artifact, bytes)
    rmSync(rendered())
    expect(ranIn(study.run())).toEqual(["shown[a/b]"])
    expect(existsSync(rendered())).toBe(true)
  })

  it("that cannot be written are told", () => {
    withTable().write("results", "")
    expect(study.sediment("run")).toMatchObject({ code: 2, err: expect.stringContaining("cannot write results/small/") })
  })
})
