import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { findRun, type NamedRuns, namesRun } from "../../src/workspace/run-reference.ts"

const named: NamedRuns = {
  runs: ["20261125T021232-075a533f", "20261125T021030-6bc0cbe3", "20261124T090000-6bc0aaaa"].map((run, i) => ({
    run,
    at: 3 - i,
    command: ["sediment", "run"],
    studies: []
  })),
  tags: new Map([["20261124T090000-6bc0aaaa", "submitted"]])
}
const resolve = (reference: string, among = named) =>
  Effect.runSync(
    findRun(reference, among).pipe(
      Effect.map(({ run }) => run),
      Effect.catch(({ errors }) => Effect.succeed(errors[0]))
    )
  )

describe("a run is named by", () => {
  it.each([
    ["its name", "20261125T021030-6bc0cbe3", 1],
    ["its tag", "submitted", 2],
    ["what it alone begins with", "20261124", 2],
    ["what it alone ends with", "cbe3", 1],
    ["latest", "latest", 0],
    ["latest~N, N runs before that", "latest~2", 2]
  ])("%s", (_, reference, position) => {
    expect(resolve(reference)).toBe(named.runs[position]!.run)
    expect(namesRun(reference, named)).toBe(true)
  })

  it("nothing else: what may be several is told with those, what is mistyped with what it is near", () => {
    expect(resolve("20261125T02")).toMatchObject({
      code: "ambiguous-run",
      message: '"20261125T02" may be any of 2 runs: 20261125T021232-075a533f, 20261125T021030-6bc0cbe3'
    })
    expect(resolve("submited")).toMatchObject({
      code: "unknown-run",
      message: expect.stringMatching(/^there is no run "submited"; did you mean "submitted"\? (npx )?sediment runs lists them$/)
    })
    expect(resolve("latest~3")).toMatchObject({ code: "unknown-run", message: "there is no run latest~3: 3 runs are recorded" })
    expect(resolve("be3")).toMatchObject({ code: "unknown-run", message: expect.stringContaining("at least 4 letters") })
    expect(namesRun("2", named)).toBe(false)
    expect(resolve("")).toMatchObject({ code: "unknown-run" })
    expect(resolve("latest", { runs: [], tags: new Map() })).toMatchObject({ code: "no-run" })
    expect(namesRun("table4", named)).toBe(false)
  })
})
