import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder, smallStudy } from "./study-folder.ts"

const stateOf = (document: { readonly nodes: ReadonlyArray<{ readonly node: string; readonly state: string }> }) =>
  Object.fromEntries(document.nodes.map((node) => [node.node, node.state]))

let study: StudyFolder
afterAll(() => study.remove())

describe("how a stage is run", () => {
  beforeAll(() => {
    study = new StudyFolder({
      ...smallStudy,
      // It does not come to an end where a mean is above 1,000.
      "lib/mean.ts": `import { total } from "./total.ts"
export const mean = (values: Float64Array): number => {
  let found = total(values) / values.length
  while (found > 1000) found = total(values) / values.length
  return found
}
`
    })
    study.run()
  })

  it("is no part of its fingerprint: no edit of retry, timeout or concurrency runs anything", () => {
    study.edit(
      "stages/means.ts",
      'import { Effect, Schema } from "effect"',
      'import { Effect, Schedule, Schema } from "effect"\nimport { patience } from "../lib/patience.ts"'
    )
    study.write("lib/patience.ts", "export const patience = 2\n")
    study.edit(
      "stages/means.ts",
      'Stage.make("means", {',
      'Stage.make("means", {\n  retry: Schedule.recurs(patience),\n  timeout: "1 minute",\n  concurrency: 1,'
    )
    expect(study.ran()).toEqual([])
    study.write("lib/patience.ts", "export const patience = 1\n")
    study.edit("stages/means.ts", '"1 minute"', '"400 millis"')
    expect(study.ran()).toEqual([])
    expect(study.json("status").nodes.every(({ state }: { state: string }) => state === "fresh")).toBe(true)
  })

  it("stops a node that took no time before and now does not end, tries it again as often as it says, and tells node, stage, limit and what to do", () => {
    study.edit("data/controls.csv", "2,20", "2000000,20")
    const document = study.run()
    expect(stateOf(document)).toEqual({ controls: "ran", outcomes: "fresh", "gov-mean": "failed", "fdi-mean": "fresh", joined: "blocked", draws: "fresh" })
    expect(document.nodes.find(({ node }) => node === "gov-mean")).toMatchObject({
      attempts: 2,
      errors: [
        {
          code: "timeout",
          message:
            'node gov-mean: stage means was stopped when it had taken 400ms, the longest that it may; give it less to do, or raise timeout in Stage.make("means", …)'
        }
      ]
    })
    const { code, err } = study.sediment("run")
    expect(code).toBe(1)
    expect(err).toContain("↻ gov-mean  attempt 1 failed, another one begins\n    node gov-mean: stage means was stopped")
    expect(err).toContain("✗ gov-mean  failed after 2 attempts\n")
    study.edit("data/controls.csv", "2000000,20", "2,20")
    expect(study.run().ok).toBe(true)
  })

  it("is refused where it is no way of running a stage, with the stage and what is expected", () => {
    study.edit("stages/means.ts", '"400 millis"', '"400 parsecs"')
    study.edit("stages/means.ts", "concurrency: 1", "concurrency: 0")
    study.edit("stages/means.ts", "Schedule.recurs(patience)", "patience")
    const { code, err } = study.sediment("status")
    expect(code).toBe(2)
    expect(err).toContain('stage means: its timeout is a duration above zero, such as "5 minutes"; found 400 parsecs')
    expect(err).toContain("stage means: its concurrency is a whole number of tasks, 1 or more; found 0")
    expect(err).toContain("stage means: its retry is a Schedule of Effect's, such as Schedule.recurs(2); found 1")
    study.remove()
  })
})

describe("after a failure", () => {
  const failing = { ...smallStudy, "data/controls.csv": "gov,fdi\n1,x\n" }
  beforeAll(() => {
    study = new StudyFolder(failing)
  })

  it("--keep-going, the default, runs all that does not rest on it", () => {
    const states = { controls: "failed", outcomes: "ran", "gov-mean": "blocked", "fdi-mean": "blocked", joined: "blocked", draws: "blocked" }
    expect(stateOf(study.run("--keep-going", "--jobs", "1", "--cache", "explicit"))).toEqual(states)
    expect(stateOf(study.run("--jobs", "1", "--cache", "default"))).toEqual(states)
  })

  it("--no-keep-going starts nothing more: what was not started is cancelled, what rests on the failure blocked, and the next run takes it up", () => {
    const document = study.run("--no-keep-going", "--jobs", "1")
    expect(stateOf(document)).toEqual({
      controls: "failed",
      outcomes: "cancelled",
      "gov-mean": "blocked",
      "fdi-mean": "blocked",
      joined: "blocked",
      draws: "blocked"
    })
    const { code, err } = study.sediment("run", "--no-keep-going", "--jobs", "1")
    expect(code).toBe(1)
    expect(err).toContain("6 nodes: 0 ran, 0 fresh, 1 failed, 4 blocked, 1 cancelled")
    study.edit("data/controls.csv", "1,x", "1,10")
    expect(study.run("--no-keep-going").ok).toBe(true)
  })

  it("--no-keep-going cancels what rests on the cancelled, and keeps what is fresh", () => {
    study.edit("data/controls.csv", "1,10", "1,x")
    study.edit("data/outcomes.csv", "5,50", "5,51")
    study.edit("dag.ts", '{ columns: ["gov"] }', '{ columns: ["gov"], digits: 2 }')
    study.edit("dag.ts", "return {", 'const z = dag.node("z", means, { table: outcomes }, { columns: ["z"] })\n  return { z,')
    expect(stateOf(study.run("--no-keep-going", "--jobs", "1"))).toMatchObject({ controls: "failed", outcomes: "cancelled", z: "cancelled", draws: "blocked" })
    expect(stateOf(study.run("z", "--no-keep-going", "--jobs", "1"))).toEqual({ outcomes: "ran", z: "ran" })
    expect(stateOf(study.run("--no-keep-going", "--jobs", "1"))).toMatchObject({ controls: "failed", outcomes: "fresh", z: "fresh" })
  })

  it.each([
    ["run", "--jobs", "0"],
    ["verify", "--jobs", "two"],
    ["runs", "--limit", "-1"],
    ["show", "--head", "1e3"],
    ["gc", "--keep", "1.5"]
  ])("%s %s %s is refused, and says what it takes", (command, flag, text) => {
    const { code, err } = study.sediment(command, flag, text, ...(command === "show" ? ["z"] : []))
    expect(code).toBe(2)
    expect(err).toContain(`Invalid value for flag ${flag}: "${text}". Expected: a whole number, 1 or more`)
    expect(err).not.toContain("    at ")
  })
})
