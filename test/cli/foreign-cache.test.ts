import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { afterEach, describe, expect, it } from "vitest"
import { StudyFolder, smallStudy } from "./study-folder.ts"

let study: StudyFolder
afterEach(() => study.remove())
const withCache = (): void => {
  study = new StudyFolder(smallStudy)
  study.run()
}
const segments = (part: string): ReadonlyArray<string> => readdirSync(study.at(`cache/${part}`)).map((name) => study.at(`cache/${part}/${name}`))
const COMMANDS = [["status"], ["show", "gov-mean"], ["explain", "gov-mean"], ["path", "gov-mean"], ["runs"], ["diff"], ["verify"], ["gc"], ["run"]]

describe("a cache that is none", () => {
  it.each(["objects", "traces", "runs", "remembered"])("a file in the place of %s is told in words by whoever meets it, with what to do", (part) => {
    withCache()
    rmSync(study.at(`cache/${part}`), { recursive: true })
    writeFileSync(study.at(`cache/${part}`), "")
    const told = new RegExp(`^sediment: /.*/cache/${part} is a file, and a cache has a folder there: move it away .*--cache DIR\n$`)
    for (const command of COMMANDS) expect(study.sediment(...command), command.join(" ")).toEqual({ code: 2, out: "", err: expect.stringMatching(told) })
    rmSync(study.at(`cache/${part}`))
    expect(study.sediment("run").code).toBe(0)
  })

  it("a link that leads nowhere is told as such", () => {
    study = new StudyFolder(smallStudy)
    symlinkSync(study.at("nowhere"), study.at("cache"))
    const told = /^sediment: \/.*\/cache is a link to .*nowhere, where no folder is: name a folder with --cache DIR\n$/
    for (const command of COMMANDS) expect(study.sediment(...command), command.join(" ")).toEqual({ code: 2, out: "", err: expect.stringMatching(told) })
  })

  it("a folder among the segments of a log is none of them", () => {
    withCache()
    mkdirSync(study.at("cache/traces/other.log"))
    expect(study.sediment("status", "--all")).toMatchObject({ code: 0, out: expect.stringContaining("6 fresh") })
    expect(study.ran()).toEqual([])
  })
})

describe("records that cannot be read", () => {
  /** Gives all records of a cache another version. */
  const setVersion = (version: number) => {
    for (const path of [...segments("traces"), ...segments("runs")]) {
      const bytes = readFileSync(path)
      bytes[6] = version
      for (let at = bytes.indexOf("\xff\x53\x44", 0, "latin1"); at >= 0; at = bytes.indexOf("\xff\x53\x44", at + 1, "latin1")) bytes[at + 3] = version
      writeFileSync(path, bytes)
    }
  }
  it.each([
    [9, "was written by a newer Sediment, and cannot be read by this one"],
    [0, "is damaged"]
  ])("of version %i are told beside what looks as if it had never run, and no others", (version, words) => {
    withCache()
    expect(study.sediment("status", "--all").err).toBe("")
    setVersion(version)
    const told = ["traces", "runs"].map((folder) => expect.stringContaining(`! some of cache/${folder} ${words}: what it `))
    const { code, err, out } = study.sediment("status")
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("6 stale") })
    expect(err.trim().split("\n")).toEqual(told)
    expect(study.sediment("runs").err.split("\n").slice(0, 2)).toEqual(told)
    expect(study.json("status").nodes).toHaveLength(6)
    expect(study.sediment("run")).toMatchObject({ code: 0, err: expect.stringContaining("6 ran") })
    expect(study.ran()).toEqual([])
  })

  it("an empty segment is nothing to tell of", () => {
    withCache()
    for (const path of segments("runs")) writeFileSync(path, "")
    expect(study.sediment("status", "--all")).toMatchObject({ code: 0, err: "", out: expect.stringContaining("6 fresh") })
  })
})
