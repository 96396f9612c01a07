/** A study whose nodes make a table of many rows, a table of many columns, a panel with filled cells and sources, and a figure of it; without any file. */
export const largeStudy = (rows: number): Readonly<Record<string, string>> => ({
  "dag.ts": `import { Dag } from "@sediment/sediment"
import { trendFigure } from "@sediment/sediment/stages/figures/trend-figure.ts"
import { many, panel, wide } from "./stages/made.ts"

export default Dag.make("large", (dag) => {
  const provinces = dag.node("panel", panel, {})
  return {
    many: dag.node("many", many, {}, { rows: ${rows} }),
    wide: dag.node("wide", wide, {}, { rows: 400, columns: 1000 }),
    trend: dag.node("trend", trendFigure, { panel: provinces }, { title: "Gross product", variable: "gdp" })
  }
})
`,
  "stages/made.ts": `import { Stage, category, flag, integer, nullable, number, openTable, table, text } from "@sediment/sediment"
import { Fills, Panel } from "@sediment/sediment/stages/table-types.ts"
import { Effect, Schema } from "effect"

const random = (row: number): number => (Math.imul(row + 1, 2654435761) >>> 0) / 2 ** 32
const Many = table("Many", {
  id: integer(),
  region: category(),
  x: nullable(number("100 million CNY", "a number that is sometimes missing")),
  y: number("", "a share"),
  name: text(),
  exporter: flag()
})
export const many = Stage.make("many", {
  inputs: {},
  params: Schema.Struct({ rows: Schema.Int }),
  output: Many,
  run: (_, { rows }) =>
    Effect.sync(() => {
      const id = new Int32Array(rows), x = new Float64Array(rows), y = new Float64Array(rows), exporter = new Uint8Array(rows)
      const region = new Array(rows), name = new Array(rows)
      const regions = ["Hebei", "Hubei", "Inner Mongolia", "Zhejiang"]
      for (let row = 0; row < rows; row++) {
        id[row] = row
        x[row] = row % 50 === 7 ? Number.NaN : Math.round(random(row) * 1e6) / 100
        y[row] = random(row * 3)
        exporter[row] = row % 3 === 0 ? 1 : 0
        region[row] = regions[row % 4]
        name[row] = "firm " + (row % 5000)
      }
      return { id, region, x, y, name, exporter }
    })
})

const Wide = openTable("Wide", { id: integer() }, nullable(number()))
export const wide = Stage.make("wide", {
  inputs: {},
  params: Schema.Struct({ rows: Schema.Int, columns: Schema.Int }),
  output: Wide,
  run: (_, { columns, rows }) =>
    Effect.sync(() => ({
      id: Int32Array.from({ length: rows }, (_, row) => row),
      rest: new Map(Array.from({ length: columns - 1 }, (_, i) => ["v" + String(i + 1).padStart(4, "0"), { values: Float64Array.from({ length: rows }, (_, row) => i + 1 + row / 1000) }]))
    }))
})

export const panel = Stage.make("panel", {
  inputs: {},
  params: Schema.Struct({}),
  output: { output: Panel, fills: Fills },
  run: () =>
    Effect.sync(() => {
      const entities = ["Anhui", "Beijing", "Hebei"]
      const keys = entities.flatMap((entity) => [2003, 2004, 2005, 2006].map((year) => [entity, year] as const))
      const output = {
        entity: keys.map(([entity]) => entity),
        year: Int32Array.from(keys, ([, year]) => year),
        rest: new Map([
          ["gdp", {
            values: Float64Array.from(keys, (_, row) => (row === 5 ? Number.NaN : row === 2 ? 1 / 3 : 100 + row / 4)),
            filled: Uint8Array.from(keys, (_, row) => (row === 2 ? 1 : 0)),
            source: keys.map((_, row) => (row === 2 ? null : "data/yearbook.xlsx!4-3!C" + (row + 7) + (row === 5 ? ": empty" : ""))),
            unit: "100 million CNY",
            description: "gross regional product"
          }],
          ["zero", { values: new Float64Array(keys.length) }]
        ])
      }
      const fills = { entity: ["Anhui"], year: Int32Array.of(2005), variable: ["gdp"], value: Float64Array.of(1 / 3), method: ["linear"], note: ["between 2004 and 2006"] }
      return { output, fills }
    })
})
`
})
