import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import type { DagResult } from "../../bench/engine/report.ts"

const bench = (...args: ReadonlyArray<string>) =>
  spawnSync(process.execPath, [fileURLToPath(new URL("../../bench/engine.ts", import.meta.url)), ...args], { encoding: "utf8" })

it("the benchmark of the engine measures runs that come to the right number and run exactly what an edit reaches", { timeout: 60_000 }, () => {
  const { stdout } = bench("--nodes", "9", "--rounds", "1", "--peers", "none", "--json")
  const { results } = JSON.parse(stdout) as { readonly results: ReadonlyArray<DagResult> }
  const [{ leftOut, measured }] = results as [DagResult]
  expect(leftOut).toEqual([])
  const ran = Object.fromEntries(Object.entries(measured[0]!.samples).map(([measure, samples]) => [measure, [...new Set(samples.ran)]]))
  expect(ran).toEqual({ first: [9], noop: [0], status: [0], last: [1], root: [6], same: [1] })
})

it("the benchmark of the engine takes the first run and what it is asked for", { timeout: 60_000 }, () => {
  const { stdout } = bench("--nodes", "9", "--rounds", "1", "--peers", "none", "--measures", "last,noop", "--json")
  const { results } = JSON.parse(stdout) as { readonly results: ReadonlyArray<DagResult> }
  expect(Object.keys(results[0]!.measured[0]!.samples)).toEqual(["first", "noop", "last"])
})

it("the benchmark of the engine refuses what it does not know, and says what it knows", () => {
  for (const args of [["--shape", "star"], ["--nodes", "many"], ["--peers", "bazel"], ["--rounds", "0"], ["--measures", "speed"], ["--speed"]]) {
    const { status, stderr } = bench(...args)
    expect(status).toBe(2)
    expect(stderr).toContain("npm run bench -- engine [--shape chain,layered,wide]")
  }
})
