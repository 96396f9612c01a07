/** A study of many nodes and no maps: each reads a file or up to three of the nodes before it, as chance (always the same) will have it. */
export const manyNodes = (count: number): Readonly<Record<string, string>> => ({
  "dag.ts": `import { Dag } from "@sediment/sediment"
import { parse, sum } from "./stages.ts"

let state = 12345
const chance = (below: number): number => {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

export default Dag.make("many", (dag) => {
  const nodes = [dag.node("first", parse, { file: dag.source("data/first.csv") })]
  while (nodes.length < ${count}) {
    const near = nodes.slice(-60)
    const read = [...new Set([1, 2, 3].slice(chance(3)).map(() => near[chance(near.length)]!))]
    nodes.push(dag.node("quantity-" + nodes.length, sum, { tables: read }, { add: nodes.length }))
  }
  return nodes
})
`,
  "stages.ts": `import { File, many, number, Stage, table } from "@sediment/sediment"
import { Effect, Schema } from "effect"

const Quantity = table("Quantity", { value: number() })
export const parse = Stage.make("parse", {
  inputs: { file: File },
  params: Schema.Struct({}),
  output: Quantity,
  run: ({ file }) => Effect.sync(() => ({ value: Float64Array.of(Number(new TextDecoder().decode(file.bytes))) }))
})
export const sum = Stage.make("sum", {
  inputs: { tables: many(Quantity) },
  params: Schema.Struct({ add: Schema.Finite }),
  output: Quantity,
  run: ({ tables }, { add }) => Effect.sync(() => ({ value: Float64Array.of(tables.reduce((total, one) => total + one.column("value").values[0]!, add) % 1000) }))
})
`,
  "data/first.csv": "1\n"
})
