import { readFileSync } from "node:fs"
import { it, describe as suite } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import type { AnyStage } from "../../../src/dag/stage.ts"
import { describe } from "../../../stages/describe.ts"
import { modelTable } from "../../../stages/tables/model-table.ts"
import { tidyTable } from "../../../stages/tables/tidy-table.ts"
import { statesPanel } from "../models/panel.ts"
import { column, runStage } from "../run-stage.ts"
import { statesInputs } from "./states-models.ts"

const text = readFileSync("docs/tables.md", "utf8")
const options = text.slice(text.indexOf("### Every table"), text.indexOf("## The published numbers"))
const blocks = [...options.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code!)

type Placed = readonly [name: string, stage: AnyStage, inputs: Parameters<typeof runStage>[1], params: unknown]

/** The nodes that the examples place, each with what its names stand for. */
const placed = (names: Readonly<Record<string, unknown>>): ReadonlyArray<Placed> => {
  const nodes: Array<Placed> = []
  const dag = { node: (...node: Placed) => nodes.push(node) }
  for (const code of blocks) new Function("dag", ...Object.keys(names), code)(dag, ...Object.values(names))
  return nodes
}

suite("docs/tables.md", () => {
  it.effect("has examples that run, without a warning, of every option", () =>
    Effect.gen(function* () {
      const models = yield* statesInputs({ controls: ["lemp"] }, {})
      const nodes = placed({ describe, modelTable, tidyTable, models, panel: statesPanel(), coefficients: models.coefficients[1] })
      expect(nodes.length).toBeGreaterThanOrEqual(11)
      for (const [name, stage, inputs, params] of nodes) {
        const { outputs, warnings } = yield* runStage(stage, inputs, params)
        expect([name, warnings]).toEqual([name, []])
        expect([name, column(outputs["output"], "part")[0]]).not.toEqual([name, undefined])
      }
    })
  )

  it("tells every parameter of the tables", () => {
    for (const stage of [modelTable, describe, tidyTable])
      for (const name of Object.keys(stage.params.fields)) expect([stage.name, name, text.includes(`\`${name}`)]).toEqual([stage.name, name, true])
  })
})
