import { chmodSync, rmSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { CommandStudy, noCommands, reasonsOf, states } from "./command-study.ts"

describe.skipIf(noCommands)(`what makes a command stale${noCommands ? ` (${noCommands})` : ""}`, () => {
  let study: CommandStudy
  beforeAll(() => {
    study = new CommandStudy()
  })
  afterAll(() => study.remove())

  it("runs it and keeps its output and its log", () => {
    const document = study.run()
    expect(states(document)).toEqual({ numbers: "ran", scaled: "ran", total: "ran" })
    expect(study.data("scaled")).toEqual({ row: [0, 1, 2], value: [2, 4, 6] })
    expect(study.data("total")).toEqual({ total: [12] })
    expect(study.data("scaled.log")).toEqual({ line: [1, 1], stream: ["stdout", "stderr"], text: ["scaled 3 rows", "threads: as many as it likes"] })
    expect(study.leftBehind).toEqual([])
  })

  it("does nothing where nothing has changed, and asks no program", () => {
    const asked = study.read("bin/lang.asked")
    expect(study.ran()).toEqual([])
    expect(study.sediment("run").err).toContain("3 nodes: 0 ran, 3 fresh")
    expect(study.sediment("status").out).toContain("3 fresh")
    expect(study.read("bin/lang.asked")).toBe(asked)
  })

  it("runs again after an edit of the script, and stops there where the same comes out", () => {
    study.edit("scale.cjs", "const at =", "// a comment\nconst at =")
    expect(reasonsOf(study.sediment("status", "--json"), "scaled")).toEqual([{ reason: "source", input: "script", file: "scale.cjs" }])
    expect(study.ran()).toEqual(["scaled"])
  })

  it("does not run again after an edit of a column that is not handed over", () => {
    study.edit("numbers.csv", "2,20", "2,21")
    expect(study.ran()).toEqual(["numbers"])
    study.edit("numbers.csv", "3,30", "4,30")
    expect(study.ran()).toEqual(["numbers", "scaled", "total"])
  })

  it("runs again for a parameter, with it", () => {
    study.edit("dag.ts", "factor: 2", "factor: 3")
    expect(study.ran()).toEqual(["scaled", "total"])
    expect(study.data("scaled")["value"]).toEqual([3, 6, 12])
  })

  it("runs again for a declared variable of the environment, which it sees, and for no other", () => {
    study.variables["OTHER"] = "2"
    expect(study.ran()).toEqual([])
    study.variables["THREADS"] = "4"
    expect(reasonsOf(study.sediment("status", "--json"), "scaled")).toEqual([{ reason: "environment", variable: "THREADS", before: "null", after: '"4"' }])
    expect(study.sediment("explain", "scaled").out).toContain('the environment variable THREADS changed from (not set) to "4"')
    expect(study.sediment("run").err).toContain("2 fresh")
    expect(study.data("scaled.log")["text"]).toEqual(["scaled 3 rows", "threads: 4"])
    study.variables["THREADS"] = "8"
    expect(study.ran()).toEqual(["scaled"])
    expect(study.sediment("diff").out).toContain('the environment variable THREADS changed from "4" to "8"  1 node')
  })

  it("runs again for another version of its program, and tells both", () => {
    study.program("lang", "lang 1.1 (newer)")
    expect(study.sediment("status").out).toContain('the version of its program changed from "lang 1.0" to "lang 1.1 (newer)"')
    expect(study.ran()).toEqual(["scaled"])
    const { out } = study.sediment("explain", "scaled")
    expect(out).toContain("lang 1.1 (newer)")
    for (const line of ["  the version of its program\n", "  the environment variable THREADS\n", "  script: the whole file, how its name ends\n"])
      expect(out).toContain(line)
  })

  it("runs again for its command line, and not for its patience", () => {
    study.edit(
      "stages.ts",
      'columns: { table: ["row", "gov"] },',
      'columns: { table: ["row", "gov"] },\n  timeout: "1 minute",\n  concurrency: 1,\n  optional: true,'
    )
    expect(study.ran()).toEqual([])
    study.edit("stages.ts", '"{table}"]', '"{table}", "--fast"]')
    expect(reasonsOf(study.sediment("status", "--json"), "scaled")).toMatchObject([{ reason: "code", stage: "scale", declarations: [{ name: "scale" }] }])
    expect(study.ran()).toEqual(["scaled"])
  })

  it("is what it was where its program is gone, and says so; what has changed is skipped where it is optional, and fails where it is not", () => {
    rmSync(join(study.path, "bin/lang"))
    const told = study.run()
    expect(states(told)).toEqual({ numbers: "fresh", scaled: "fresh", total: "fresh" })
    expect(told.nodes.find(({ node }) => node === "scaled")?.warnings).toMatchObject([{ code: "program-unchecked" }])
    expect(study.sediment("status").out).toContain(
      'there is no program lang here: install lang, or put the folder that it is in on the PATH. What "lang 1.1 (newer)" made of the same is taken'
    )

    study.edit("dag.ts", "factor: 3", "factor: 4")
    expect(reasonsOf(study.sediment("status", "--json"), "scaled")).toMatchObject([
      { reason: "parameter" },
      { reason: "no-program", program: "lang", optional: true }
    ])
    expect(states(study.run())).toEqual({ numbers: "fresh", scaled: "skipped", total: "skipped" })
    expect(study.sediment("status").out).toContain("1 fresh, 1 stale, 1 unknown until their inputs run\n  2 nodes will be skipped, for lack of a program\n")
    expect(study.sediment("explain", "total").out).toContain("total (stage total) would be skipped, since there is no program lang here\n")
    const skipped = study.sediment("run")
    expect(skipped).toMatchObject({ code: 0 })
    expect(skipped.err).toContain("3 nodes: 0 ran, 1 fresh, 2 skipped")
    expect(skipped.err).toContain("! skipped, since there is here no program lang (scaled, total); the rest does not need them\n")

    study.edit("stages.ts", "optional: true", "optional: false")
    const failed = study.sediment("run")
    expect(failed.code).toBe(1)
    expect(failed.err).toContain(
      "✗ scaled  failed\n    stage scale is a command, and there is no program lang here: install lang, or put the folder that it is in on the PATH\n"
    )
    expect(failed.err).toContain("blocked, since scaled failed: total")
  })

  it("fails where its program does not tell its version, optional or not, and says how it is told", () => {
    study.write("bin/lang", "#!/bin/sh\nexit 2\n")
    chmodSync(study.at("bin/lang"), 0o755)
    study.edit("stages.ts", "optional: false", "optional: true")
    const { code, err } = study.sediment("run")
    expect(code).toBe(1)
    expect(err).toContain(
      'stage scale is a command, and the version of its program is not known: "lang --version" was asked, and it ended with exit code 2; say in Stage.command("scale", …) what tells it, as version: ["program", "--version"]'
    )
    study.program("lang", "lang 2.0")
    study.edit("stages.ts", "optional: true,", 'optional: true,\n  version: ["sh", "-c", "echo constant"],')
    expect(study.run().ok).toBe(true)
    study.program("lang", "lang 2.1")
    expect(study.ran()).toEqual([])
  })

  it("tells what is wrong with how a command is declared, all of it", () => {
    study.edit("stages.ts", '["lang", "{script}", "{table}", "--fast"]', '["./lang", "{scrip}"]')
    study.edit("stages.ts", 'environment: ["THREADS"]', 'environment: ["MY THREADS"],\n  handOver: "xls" as "csv"')
    const { code, err } = study.sediment("status")
    expect(code).toBe(2)
    expect(err).toContain("its command begins with ./lang, a path from nowhere; expected a name that is found on the PATH, or an absolute path")
    expect(err).toContain('its command has {scrip}, and there is no input "scrip"; there are: script, table')
    expect(err).toContain('"MY THREADS" is no variable of the environment')
    expect(err).toContain('its handOver is "xls"; expected one of csv, arrow, parquet, dta')
  })
})
