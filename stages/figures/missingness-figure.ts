import { type Fault, many, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { failTogether } from "../fail-together.ts"
import { variablesOf } from "../panel-columns.ts"
import { Figure, Panel } from "../table-types.ts"
import { type FigurePoint, figureTable } from "./figure-points.ts"

const MissingnessFigureParams = Schema.Struct({
  title: Schema.String,
  /** A row a variable: all variables of the panels without it. */
  variables: Schema.optionalKey(Schema.NonEmptyArray(Schema.NonEmptyString)),
  notes: Schema.Array(Schema.String).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
})

/** Shares of a year's entities, each with its upper end. */
const classes = [
  ["none", 0],
  ["up to 5%", 0.05],
  ["up to 10%", 0.1],
  ["up to 25%", 0.25],
  ["up to 50%", 0.5],
  ["over 50%", 1]
] as const

const classOf = (share: number): string => classes.find(([, most]) => share <= most)![0]

/** What a panel lacks, or has only since it was filled: a row a variable, a column a year, the share of entities whose cell is missing or filled from light to dark. */
export const missingnessFigure = Stage.make("missingness-figure", {
  inputs: { panels: many(Panel) },
  params: MissingnessFigureParams,
  output: Figure,
  run: ({ panels }, { notes, title, variables }) =>
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
      const rows = variables === undefined ? all : variables.map((name) => all.find((one) => one.name === name)!)
      const years = [...new Set(panels.flatMap((panel) => [...panel.column("year").values]))].sort((a, b) => a - b)
      let missing = 0
      let filled = 0
      let cells = 0
      const points = rows.flatMap(({ name, panel }, r): ReadonlyArray<FigurePoint> => {
        const column = panel.column(name)
        const year = panel.column("year").values
        const lacking = new Map<number, number>()
        const present = new Map<number, number>()
        column.values.forEach((value, i) => {
          const isMissing = Number.isNaN(value)
          const isFilled = column.filled?.[i] === 1
          missing += isMissing ? 1 : 0
          filled += isFilled ? 1 : 0
          present.set(year[i]!, (present.get(year[i]!) ?? 0) + 1)
          if (isMissing || isFilled) lacking.set(year[i]!, (lacking.get(year[i]!) ?? 0) + 1)
        })
        cells += column.values.length
        const y = rows.length - 1 - r
        return [
          { mark: "tick", y: y + 0.5, label: name },
          ...years.flatMap((at, c): ReadonlyArray<FigurePoint> => {
            const count = present.get(at)
            const series = count === undefined ? "no value" : classOf((lacking.get(at) ?? 0) / count)
            return [{ mark: "bar", series, xRange: [c, c + 1], yRange: [y, y + 1] }]
          })
        ]
      })
      const used = new Set(points.map(({ series }) => series))
      const told = `Of ${cells} cells ${missing} are missing and ${filled} were filled.${used.has("no value") ? " White: the year is not in that table." : ""}`
      return figureTable(
        { title, xLabel: "", yLabel: "", palette: "sequential", notes: [`Share of a year's rows without a value of their own. ${told}`, ...notes] },
        [
          // Classes in order, so that their shades are the same in every such figure.
          ...classes.map(([series]): FigurePoint => ({ mark: "bar", series, xRange: [0, 0], yRange: [0, 0] })),
          ...points,
          ...years.map((at, c): FigurePoint => ({ mark: "tick", x: c + 0.5, label: String(at) }))
        ]
      )
    })
})
