import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { CommandStudy, noCommands } from "./command-study.ts"

describe.skipIf(noCommands)(`a command outside of a run${noCommands ? ` (${noCommands})` : ""}`, () => {
  let study: CommandStudy
  beforeAll(() => {
    study = new CommandStudy()
    study.run()
  })
  afterAll(() => study.remove())
  const capsule = (environment: NodeJS.ProcessEnv) =>
    spawnSync(process.execPath, ["debug/commands/scaled/run.mjs"], { cwd: study.path, encoding: "utf8", env: environment })

  it("runs as a capsule, whose folder stays", () => {
    expect(study.sediment("debug", "scaled").code).toBe(0)
    const readme = study.read("debug/commands/scaled/README.md")
    for (const part of ["With Node 22.19 or newer, and `lang` on the PATH:", "the folder `command`", "beside PATH and HOME: `THREADS`"])
      expect(readme).toContain(part)
    const ran = capsule(study.environment)
    expect(ran.stderr).toBe("")
    expect(ran.status).toBe(0)
    expect(ran.stdout).toMatch(/output\.arrow: 3 rows of row, value; sha256 [0-9a-f]{64}, the same bytes as the study's artifact/)
    expect(readFileSync(join(study.path, "debug/commands/scaled/command/output.csv"), "utf8")).toBe("row,value\n0,2\n1,4\n2,6\n")
    expect(study.read("debug/commands/scaled/command/stdout.txt")).toBe("scaled 3 rows\n")
  })

  it("says in a capsule that its program is not there", () => {
    const ran = capsule({ PATH: "" })
    expect(ran.status).toBe(1)
    expect(ran.stderr).toContain("stage scale: there is no program lang here")
  })

  it("is verified by running it again; a log that says something else is no other result", () => {
    expect(study.sediment("verify", "--rerun", "scaled")).toMatchObject({ code: 0 })
    study.edit("scale.cjs", "console.log(", "console.log(process.hrtime.bigint(), ")
    study.run()
    expect(study.sediment("verify", "--rerun", "scaled")).toMatchObject({ code: 0 })
    study.edit("scale.cjs", "* factor)", "* factor * (1 + (Date.now() % 1000) / 1000 + 0.001))")
    study.run()
    const { code, err, out } = study.sediment("verify", "--rerun", "scaled")
    expect(code).toBe(1)
    expect(out + err).toContain("value")
  })

  it("is not verified where its program is not there, which is told", () => {
    study.variables["PATH"] = "/nowhere"
    const { code, err, out } = study.sediment("verify", "--rerun", "scaled")
    expect(code).toBe(1)
    expect(out + err).toContain("there is no program lang here")
    expect(study.sediment("verify", "--rerun").code).toBe(1)
    study.edit("stages.ts", "  output: Scaled\n})\nexport const total", "  optional: true,\n  output: Scaled\n})\nexport const total")
    expect(study.sediment("verify", "--rerun")).toMatchObject({
      code: 0,
      out: expect.stringContaining("1 optional command of which the program is not here, and so not executed")
    })
  })
})
