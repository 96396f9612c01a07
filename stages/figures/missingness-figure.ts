import { type Fault, many, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { failTogether } from "../fail-together.ts"
import { variablesOf } from "../panel-columns.ts"
import { Figure, Panel } from "../table-types.ts"
import { figureTable } from "./figure-points.ts"
import { shareMapPoints } from "./share-map-points.ts"

const MissingnessFigureParams = Schema.Struct({
  title: Schema.String,
  /** What has a row: each variable, or each entity. */
  rows: Schema.Literals(["variables", "entities"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("variables" as const))),
  /** Those that are looked at: all variables of the panels without it. */
  variables: Schema.optionalKey(Schema.NonEmptyArray(Schema.NonEmptyString)),
  notes: Schema.Array(Schema.String).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
})

/** What a panel lacks, or has only since it was filled: a row a variable, a column a year, the share of entities whose cell is missing or filled from light to dark; or a row an entity, and the share of its variables. */
export const missingnessFigure = Stage.make("missingness-figure", {
  inputs: { panels: many(Panel) },
  params: MissingnessFigureParams,
  output: Figure,
  run: ({ panels }, { notes, rows: by, title, variables }) =>
    Effect.gen(function* () {
      const all = panels.flatMap((panel) => variablesOf(panel).map((name) => ({ name, panel })))
      const absent = (variables ?? []).filter((name) => !all.some((one) => one.name === name))
      yield* failTogether(
        absent.map(
          (name): Fault => ({
            code: "missing-variable",
            message: `no panel has a variable "${name}"; they have ${all.map((one) => one.name).join(", ")}`,
            where: { parameter: "variables", column: name }
          })
        )
      )
      const chosen = variables === undefined ? all : variables.map((name) => all.find((one) => one.name === name)!)
      const years = [...new Set(panels.flatMap((panel) => [...panel.column("year").values]))].sort((a, b) => a - b)
      // By entity, or by the place of a variable: two panels may have one of the same name.
      const counts = new Map<string, Map<number, { cells: number; lacking: number }>>()
      let missing = 0
      let filled = 0
      let cells = 0
      for (const [k, { name, panel }] of chosen.entries()) {
        const column = panel.column(name)
        const year = panel.column("year").values
        const entity = panel.column("entity").values
        column.values.forEach((value, i) => {
          const isMissing = Number.isNaN(value)
          const isFilled = column.filled?.[i] === 1
          missing += isMissing ? 1 : 0
          filled += isFilled ? 1 : 0
          const row = by === "entities" ? entity[i]! : String(k)
          const ofRow = counts.get(row) ?? new Map<number, { cells: number; lacking: number }>()
          const cell = ofRow.get(year[i]!) ?? { cells: 0, lacking: 0 }
          cell.cells++
          if (isMissing || isFilled) cell.lacking++
          counts.set(row, ofRow.set(year[i]!, cell))
        })
        cells += column.values.length
      }
      const rows = [...counts]
      const points = shareMapPoints({
        rows: rows.map(([row]) => (by === "entities" ? row : chosen[Number(row)]!.name)),
        columns: years.map(String),
        share: (r, c) => {
          const cell = rows[r]![1].get(years[c]!)
          return cell === undefined ? undefined : cell.lacking / cell.cells
        }
      })
      const used = new Set(points.map(({ series }) => series))
      const told = `Of ${cells} cells ${missing} are missing and ${filled} were filled.${used.has("no value") ? " Hatched: the year is not there." : ""}`
      return figureTable(
        {
          title,
          xLabel: "",
          yLabel: "",
          palette: "sequential",
          notes: [`Share of ${by === "entities" ? "an entity's variables" : "a year's rows"} without a value of their own. ${told}`, ...notes]
        },
        points
      )
    })
})
