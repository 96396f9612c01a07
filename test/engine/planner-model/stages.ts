/** Stages that read little or much of their inputs, always or depending on what they find, and that lose information on the way. */
import { Effect, Schema } from "effect"
import type { AnyStage } from "../../../src/dag/stage.ts"
import { File, many, Stage, StageFailure } from "../../../src/sediment.ts"
import { Panel } from "./plain-table.ts"

/** A source's text. */
export interface FileContent {
  readonly label: ReadonlyArray<string | null>
  readonly columns: Readonly<
    Record<
      string,
      { readonly values: ReadonlyArray<number | null>; readonly filled: ReadonlyArray<number>; readonly unit: string; readonly description: string }
    >
  >
}
export const COLUMNS = ["a", "b", "c", "d"] as const
const Column = Schema.Literals(COLUMNS)

const parsed = (file: { readonly bytes: Uint8Array }) => JSON.parse(new TextDecoder().decode(file.bytes)) as FileContent
const keys = (count: number) => Int32Array.from({ length: count }, (_, i) => i)
const words = (count: number) => Array.from({ length: count }, () => null)
/** A table of one row. */
const one = (n: number, label: string | null = null) => ({ key: keys(1), label: [label], rest: new Map([["a", { values: Float64Array.of(n) }]]) })
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, x) => total + (Number.isNaN(x) ? 0 : x), 0)

/** The stages as their code stands; `shift` is what an edit of the code adds to what they compute. */
export const stagesOf = (shift: number): Readonly<Record<string, AnyStage>> => {
  const stages = [
    Stage.make("load", {
      inputs: { file: File },
      params: Schema.Struct({}),
      output: Panel,
      run: ({ file }) =>
        Effect.sync(() => {
          const { columns, label } = parsed(file)
          const rest = Object.entries(columns).map(([name, { filled, values, ...words }]) => {
            const numbers = Float64Array.from(values, (x) => (x === null ? Number.NaN : x + shift))
            return [name, { ...words, values: numbers, filled: Uint8Array.from(filled) }] as const
          })
          return { key: keys(label.length), label, rest: new Map(rest) }
        })
    }),
    Stage.make("copy", {
      inputs: { panel: Panel },
      params: Schema.Struct({}),
      output: Panel,
      run: ({ panel }) =>
        Effect.sync(() => {
          const rest = panel.names.slice(2).map((name) => {
            const { description, filled, unit, values } = panel.column(name)
            return [name, { description, filled, unit, values: values.map((x) => x + shift) }] as const
          })
          const { valid, values } = panel.column("label")
          return { key: panel.column("key").values.slice() as never, label: values.map((x, i) => (valid?.[i] === 0 ? null : x)), rest: new Map(rest) }
        })
    }),
    Stage.make("pick", {
      inputs: { panel: Panel },
      params: Schema.Struct({ column: Column, other: Column }),
      output: Panel,
      run: ({ panel }, { column, other }) =>
        Effect.sync(() => {
          const there = [...new Set([column, other])].filter((name) => panel.has(name)).map((name) => [name, panel.column(name)] as const)
          const count = there[0]?.[1].values.length ?? 0
          return {
            key: keys(count),
            label: words(count),
            rest: new Map(there.map(([name, { unit, values }]) => [name, { unit, values: values.map((x) => x + shift) }]))
          }
        })
    }),
    Stage.make("scale", {
      inputs: { panel: Panel },
      params: Schema.Struct({ column: Column, by: Schema.Finite }),
      output: Panel,
      // A column that is not there breaks it.
      run: ({ panel }, { by, column }) =>
        Effect.sync(() => {
          const values = panel.column(column).values.map((x) => (x * (by - 1) + shift) % 4)
          return { key: keys(values.length), label: words(values.length), rest: new Map([["b", { values }]]) }
        })
    }),
    Stage.make("total", {
      inputs: { panel: Panel },
      params: Schema.Struct({}),
      output: Panel,
      run: ({ panel }) => Effect.sync(() => one(Math.floor(panel.names.slice(2).reduce((total, name) => total + sum(panel.column(name).values), shift) / 6)))
    }),
    Stage.make("size", {
      inputs: { panel: Panel },
      params: Schema.Struct({ by: Schema.Finite }),
      output: Panel,
      run: ({ panel }, { by }) => Effect.sync(() => one(panel.rows + by + shift))
    }),
    Stage.make("schema", {
      inputs: { panel: Panel },
      params: Schema.Struct({}),
      output: Panel,
      run: ({ panel }) => Effect.sync(() => one(shift, panel.names.join(",")))
    }),
    Stage.make("present", {
      inputs: { panel: Panel },
      params: Schema.Struct({ column: Column }),
      output: Panel,
      run: ({ panel }, { column }) => Effect.sync(() => one(panel.has(column) ? 1 + shift : 0))
    }),
    Stage.make("described", {
      inputs: { panel: Panel },
      params: Schema.Struct({ column: Column }),
      output: Panel,
      run: ({ panel }, { column }) => Effect.sync(() => (panel.has(column) ? one(shift, panel.column(column).unit) : one(shift)))
    }),
    Stage.make("filled", {
      inputs: { panel: Panel },
      params: Schema.Struct({ column: Column }),
      output: Panel,
      run: ({ panel }, { column }) => Effect.sync(() => (panel.has(column) ? one(sum(panel.column(column).filled ?? []) + shift) : one(0)))
    }),
    Stage.make("draw", {
      inputs: { panel: Panel },
      params: Schema.Struct({ stream: Schema.Finite, by: Schema.Finite }),
      output: Panel,
      // The seed is asked for only where there is something to draw.
      run: ({ panel }, { by }) => (panel.rows > by ? Effect.map(Stage.seed, (seed) => one((seed % 3) + shift)) : Effect.succeed(one(0)))
    }),
    Stage.make("guard", {
      inputs: { panel: Panel },
      params: Schema.Struct({ column: Column, by: Schema.Finite }),
      output: Panel,
      // Nothing of what it looks at comes out: only whether it fails, warns or breaks.
      run: ({ panel }, { by, column }) =>
        Effect.gen(function* () {
          const values: ReadonlyArray<number> = panel.has(column) ? Array.from(panel.column(column).values) : []
          if (values.some((x) => x > 3 + by)) return yield* StageFailure.of("too-large", "a value is too large", { column })
          if (Number.isNaN(values[0])) throw new Error("the first value is missing")
          if (values.some((x) => x === 2)) yield* Stage.warn({ code: "two", message: `a value of ${column} is 2` })
          return one(by + shift)
        })
    }),
    Stage.make("split", {
      inputs: { panel: Panel },
      params: Schema.Struct({ column: Column, other: Column }),
      output: { low: Panel, high: Panel },
      run: ({ panel }, { column, other }) =>
        Effect.sync(() => {
          // A column that is not there is no failure where the stage takes it so.
          const half = (name: (typeof COLUMNS)[number]) => {
            try {
              return one(sum(panel.column(name).values) % 3)
            } catch {
              return one(shift)
            }
          }
          return { low: half(column), high: half(other) }
        })
    }),
    Stage.make("branch", {
      inputs: { panel: Panel },
      params: Schema.Struct({ column: Column, other: Column }),
      output: Panel,
      // What it reads next depends on what it has read.
      run: ({ panel }, { column, other }) =>
        Effect.sync(() => {
          try {
            const first = panel.column(column).values[0] ?? 0
            return one(first % 2 === 0 ? panel.column(other).length + shift : panel.rows)
          } catch {
            return one(9 + shift)
          }
        })
    }),
    Stage.make("join", {
      inputs: { panels: many(Panel) },
      params: Schema.Struct({ column: Column, by: Schema.Finite }),
      output: Panel,
      // It stops at the first panel that is enough.
      run: ({ panels }, { by, column }) =>
        Effect.sync(() => {
          let total = shift
          for (const panel of panels) {
            if (total > 2 + by) break
            if (panel.has(column)) total += sum(panel.column(column).values)
          }
          return one(total)
        })
    }),
    Stage.make("beside", {
      inputs: { left: Panel, right: Panel },
      params: Schema.Struct({ column: Column }),
      output: Panel,
      run: ({ left, right }, { column }) =>
        Effect.sync(() => {
          const label = left.column("label").values.map((x) => x || "none")
          const values = Float64Array.from(label, (_, i) => (right.has(column) ? (right.column(column).values[i] ?? Number.NaN) : shift))
          return { key: keys(label.length), label, rest: new Map([[column, { values, unit: "beside" }]]) }
        })
    }),
    Stage.make("three", {
      inputs: { one: Panel, two: Panel, three: Panel },
      params: Schema.Struct({ column: Column, other: Column }),
      output: Panel,
      run: ({ one: first, three, two }, { column, other }) =>
        Effect.sync(() => one((two.has(other) ? three.rows : first.has(column) ? sum(first.column(column).values) : 0) + shift))
    }),
    Stage.make("compare", {
      inputs: { panel: Panel, file: File },
      params: Schema.Struct({ column: Column }),
      output: Panel,
      run: ({ file, panel }, { column }) => Effect.sync(() => one(panel.has(column) ? sum(parsed(file).columns[column]?.values.map(Number) ?? []) + shift : 0))
    })
  ]
  return Object.fromEntries(stages.map((stage) => [stage.name, stage as unknown as AnyStage]))
}
