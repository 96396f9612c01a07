import { spawnSync } from "node:child_process"
import { appendFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder } from "./study-folder.ts"

const study = new StudyFolder({
  "dag.ts": `import { Dag } from "@sediment/sediment"
import { counted } from "./stages/counted.ts"
export default Dag.make("large", (dag) => ({ count: dag.node("count", counted, { file: dag.source("data/large.csv") }) }))
`,
  "stages/counted.ts": `import { File, number, Stage, table } from "@sediment/sediment"
import { Effect, Schema } from "effect"
export const counted = Stage.make("counted", {
  inputs: { file: File },
  params: Schema.Struct({}),
  output: table("Counts", { lines: number() }),
  run: ({ file }) =>
    Effect.sync(() => {
      let lines = 0
      for (const chunk of file.chunks()) for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++
      return { lines: Float64Array.of(lines) }
    })
})
`,
  "data/none": ""
})
const data = join(study.path, "data/large.csv")
const LINES = 1_100_000
beforeAll(() => writeFileSync(data, "abcdefghij,0123456789,0123456789,0123456789,0123456789,0123456789\n".repeat(LINES)))
afterAll(() => study.remove())

describe("a source of more than 64 MB", () => {
  it("is read by its stage piece by piece, counts by its content, is verified, and goes into a capsule as it is", () => {
    const { nodes } = study.run()
    expect(nodes).toMatchObject([{ node: "count", state: "ran" }])
    expect(study.sediment("show", "count").out).toContain(LINES.toString())
    expect(study.run().nodes).toMatchObject([{ state: "fresh" }])
    expect(study.sediment("verify").code).toBe(0)

    expect(study.sediment("debug", "count", "-o", "capsule").code).toBe(0)
    const alone = spawnSync(process.execPath, ["--max-old-space-size=40", join(study.path, "capsule/run.mjs")], { encoding: "utf8" })
    expect(alone).toMatchObject({ status: 0, stdout: expect.stringContaining("the same bytes as the study's artifact") })

    appendFileSync(data, "one more\n")
    expect(study.run().nodes).toMatchObject([{ node: "count", state: "ran", changed: true, why: [{ reason: "source", file: "data/large.csv" }] }])
  })
})
