import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { afterEach, describe, expect, it } from "vitest"
import type { DiskFault } from "../store/faulty-fs.ts"
import { type Called, cli, type RunDocument, StudyFolder, smallStudy } from "./study-folder.ts"

let study: StudyFolder
afterEach(() => study.remove())
const faultyFs = fileURLToPath(new URL("../store/faulty-fs.ts", import.meta.url))

/** The command line on a disk that refuses from a call on. */
const onDisk = (what: DiskFault["what"], at: number, ...args: ReadonlyArray<string>): Called => {
  const fault: DiskFault = { at, what, lasting: true, below: study.path }
  const env = { ...study.environment, FAULTY_FS: JSON.stringify(fault) }
  const done = spawnSync(process.execPath, ["--import", faultyFs, cli, ...args], { cwd: study.path, encoding: "utf8", env })
  return { code: done.status, out: done.stdout, err: done.stderr }
}

const onFullDisk = (at: number, ...args: ReadonlyArray<string>): Called => onDisk("ENOSPC", at, ...args)

describe("a disk that is read-only", () => {
  it("answers what is asked, and ends a run that has something to keep with 2, in words that name path, reason and remedy", () => {
    study = new StudyFolder(smallStudy)
    study.run()
    study.edit("data/controls.csv", "10", "17")
    expect(onDisk("EROFS", 1, "status")).toMatchObject({ code: 0, err: "", out: expect.stringContaining("1 stale") })
    expect(onDisk("EROFS", 1, "show", "gov-mean")).toMatchObject({ code: 0, err: expect.stringContaining("gov-mean is not up to date") })
    const { code, err } = onDisk("EROFS", 1, "run")
    expect(code).toBe(2)
    expect(err.trim().split("\n").at(-1)).toMatch(
      /^sediment: cannot write objects in .*\/cache\/objects: EROFS: read-only file system, mkdir '.*'; the file system of that folder is mounted read-only: .*--cache DIR/
    )
    expect(err).not.toMatch(/ENOENT|^ {4}at /m)
    expect(study.ran()).toContain("controls")
  })
})

describe("a disk that is full", () => {
  it("from its first call on, or from a later one, ends a run with 2, in words that name path and reason; with space again, the next one is as a clean one", () => {
    study = new StudyFolder(smallStudy)
    const artifactsOf = ({ nodes }: RunDocument) => nodes.map(({ artifacts, node }) => [node, artifacts])
    const expected = artifactsOf(study.run("--cache", "elsewhere"))
    const refusal = /^cannot write .*\/cache\/[^:]*: ENOSPC: no space left on device.*--cache DIR/
    // The study's module stands elsewhere then; objects and traces do not.
    for (const at of [1, 20, 50]) {
      const { code: exit, err, out } = onFullDisk(at, "run", "--json")
      expect({ exit, err }).toEqual({ exit: 2, err: "" })
      expect(JSON.parse(out)).toEqual({ version: 1, ok: false, errors: [expect.objectContaining({ code: "store", message: expect.stringMatching(refusal) })] })
    }
    const { code, err, out } = onFullDisk(10, "run")
    expect({ code, out }).toEqual({ code: 2, out: "" })
    const lines = err.trim().split("\n")
    expect(lines.at(-1)?.replace("sediment: ", "")).toMatch(refusal)
    expect(err).not.toMatch(/^ {4}at /m)
    expect(artifactsOf(study.run())).toEqual(expected)
    expect(study.ran()).toEqual([])
  })

  it("is no reason not to answer what is asked, also after an edit of the code", () => {
    study = new StudyFolder(smallStudy)
    study.run()
    study.edit("dag.ts", "import", "// a comment\nimport")
    expect(onFullDisk(1, "status")).toMatchObject({ code: 0, err: "", out: expect.stringContaining("6 fresh, 0 stale") })
    expect(onFullDisk(1, "run")).toMatchObject({ code: 0, err: expect.stringContaining("0 ran, 6 fresh") })
  })
})
