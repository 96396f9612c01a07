import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, describe, expect, it } from "vitest"
import { findProgram } from "../../src/engine/command/programs.ts"

const repository = fileURLToPath(new URL("../..", import.meta.url))
const work = mkdtempSync(join(tmpdir(), "us-states-"))
afterAll(() => rmSync(work, { recursive: true, force: true }))
const study = join(repository, "examples/us-states/dag.ts")
const sediment = (args: ReadonlyArray<string>, path = process.env["PATH"]) =>
  spawnSync(process.execPath, [join(repository, "dist/cli.mjs"), ...args, "--study", study, "--cache", join(work, "cache")], {
    cwd: work,
    encoding: "utf8",
    env: { ...process.env, PATH: path, NO_COLOR: "1" }
  })

describe("the checks of the US states by other programs", () => {
  it("are skipped where the programs are not there, which one line tells, and nothing else is", () => {
    symlinkSync(process.execPath, join(work, "node"))
    const { status, stderr } = sediment(["run", "table14a", "table14b", "table3"], work)
    expect(status).toBe(0)
    expect(stderr).toContain(
      "! skipped, since there is here no program Rscript (production-function-in-r, agreement-in-r, table14a), and no program python3 (moran-borders-in-python, agreement-in-python, table14b); the rest does not need them\n"
    )
    expect(stderr).toMatch(/ran, 0 fresh, 6 skipped, in/)
  })

  for (const { compared, node, program } of [
    { program: "Rscript", node: "agreement-in-r", compared: ["estimate", "std_error", "statistic", "p_value"] },
    { program: "python3", node: "agreement-in-python", compared: ["statistic", "expected", "variance_randomisation", "z_randomisation"] }
  ]) {
    const missing = findProgram(program) === undefined
    it.skipIf(missing)(`${program} finds the same to 1e-8${missing ? ` (there is no program ${program} here)` : ""}`, () => {
      const ran = sediment(["run", node])
      expect(ran.stderr).not.toContain("!")
      expect(ran.status).toBe(0)
      const { data } = JSON.parse(sediment(["show", node, "--json"]).stdout)
      expect(data.column).toEqual(compared)
      expect(data.agrees).toEqual(compared.map(() => true))
      expect(Math.max(...data.difference)).toBeLessThan(1e-10)
    })
  }
})
