import type { Files } from "../temporary-folder.ts"

/** A study of a table that is made here, a map over it, each node of which takes some milliseconds and writes down that it ran, and a node that gathers them. */
export const mappedStudy = (nodes: number, ms: number): Files => ({
  "data/numbers.csv": `x\n${Array.from({ length: 200 }, (_, i) => Math.sin(i)).join("\n")}\n`,
  "dag.ts": `import { Dag } from "@sediment/sediment"
import { gathered, parsed, power } from "./stages.ts"

export default Dag.make("mapped", (dag) => {
  const numbers = dag.node("numbers", parsed, { file: dag.source("data/numbers.csv") })
  const powers = dag.map(Array.from({ length: ${nodes} }, (_, i) => i), (n, one) => one.node("power", power, { numbers }, { n, ms: ${ms} }))
  return { all: dag.node("all", gathered, { powers: [...powers] }) }
})
`,
  "stages.ts": `import { File, Stage, many, number, table } from "@sediment/sediment"
import { Effect, Schema } from "effect"

export const Numbers = table("Numbers", { x: number() })
export const Sum = table("Sum", { sum: number() })

export const parsed = Stage.make("parsed", {
  inputs: { file: File },
  params: Schema.Struct({}),
  output: Numbers,
  run: ({ file }) => Effect.sync(() => ({ x: Float64Array.from(new TextDecoder().decode(file.bytes).trim().split("\\n").slice(1), Number) }))
})

export const power = Stage.make("power", {
  inputs: { numbers: Numbers },
  params: Schema.Struct({ n: Schema.Int, ms: Schema.Int }),
  output: Sum,
  run: ({ numbers }, { n, ms }) =>
    Effect.sync(() => {
      let sum = 0
      for (let round = 0; round < 1 + ms * 300; round++) {
        sum = 0
        for (const x of numbers.column("x").values) sum += Math.exp(x * 0.01) ** (n % 97)
      }
      return { sum: Float64Array.of(sum + n) }
    })
})

export const gathered = Stage.make("gathered", {
  inputs: { powers: many(Sum) },
  params: Schema.Struct({}),
  output: Sum,
  run: ({ powers }) => Effect.sync(() => ({ sum: Float64Array.of(powers.reduce((sum, one) => sum + one.column("sum").values[0]!, 0)) }))
})
`
})
