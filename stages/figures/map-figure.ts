import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { alike } from "../../src/render/numbers.ts"
import { Areas } from "../maps/areas-type.ts"
import { type Bounds, classBounds, classOf } from "../maps/classes.ts"
import { drawnYears, tellUnmatched } from "../maps/drawn-years.ts"
import { mapParams, projectionOf } from "../maps/map-params.ts"
import { mapPoints } from "../maps/map-points.ts"
import { projectedAreas } from "../maps/projected-areas.ts"
import { requireVariables } from "../panel-columns.ts"
import { Figure, Panel } from "../table-types.ts"
import { VariableName } from "../variable-name.ts"
import { axisLabel, figureTable } from "./figure-points.ts"

const MapFigureParams = Schema.Struct({
  ...mapParams,
  variable: VariableName,
  /** What the variable is called in the legend; its name and unit without it. */
  label: Schema.optionalKey(Schema.String),
  /** How values are put into classes, the same for all years: as many in each (quantile), as wide each (equal), natural breaks (jenks), or at bounds of one's own, least and largest included. */
  classes: Schema.Union([
    Schema.Literals(["quantile", "equal", "jenks"]),
    Schema.Array(Schema.Finite).check(
      Schema.makeFilter((bounds) =>
        bounds.length >= 2 && bounds.every((bound, i) => i === 0 || bound > bounds[i - 1]!)
          ? undefined
          : "must be two bounds or more, each above the one before it"
      )
    )
  ]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("quantile" as const))),
  /** How many classes; not with bounds of one's own. */
  count: Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 9 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(5))),
  /** From light to dark, or from one end over a light middle to the other. */
  palette: Schema.Literals(["sequential", "diverging"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("sequential" as const))),
  /** Whether the entities whose names fit into their areas are named. */
  named: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(true)))
})

const METHODS = { quantile: "quantiles", equal: "equal intervals", jenks: "natural breaks (Jenks)" } as const

/** "12.3 to <18.4": the last class has its upper bound too. */
const classNames = (bounds: Bounds): ReadonlyArray<string> => {
  const texts = [3, 4, 5, 6, 8].map((digits) => alike(bounds, digits)).find((one) => new Set(one).size === bounds.length) ?? bounds.map(String)
  return bounds.length === 2 && bounds[0] === bounds[1]
    ? [texts[0]!]
    : bounds.slice(1).map((_, i) => `${texts[i]} to ${i === bounds.length - 2 ? "" : "<"}${texts[i + 1]}`)
}

/** A variable of a panel on a map, an entity's area in the colour of its class, a map a year; entities without a value are hatched. */
export const mapFigure = Stage.make("map-figure", {
  inputs: { areas: Areas, panel: Panel },
  params: MapFigureParams,
  output: Figure,
  run: ({ areas, panel }, params) =>
    Effect.gen(function* () {
      yield* requireVariables(panel, [params.variable], "variable")
      const entity = panel.column("entity").values
      const year = panel.column("year").values
      const column = panel.column(params.variable)
      const years = yield* drawnYears("row of the panel", year, params.years)
      const map = projectedAreas(areas, projectionOf(params))
      const onMap = new Set(map.areas.map((area) => area.entity))
      const rows = [...entity.keys()].filter((i) => years.includes(year[i]!))
      yield* tellUnmatched(map, new Set(rows.map((i) => entity[i]!)))
      const values = rows.flatMap((i) => (onMap.has(entity[i]!) && !Number.isNaN(column.values[i]) ? [column.values[i]!] : []))
      if (values.length === 0) {
        const message = `"${params.variable}" has no value in ${years.join(", ")} of an entity that has an area`
        return yield* StageFailure.of("nothing-to-draw", message, { column: params.variable, parameter: "variable" })
      }
      const own = typeof params.classes !== "string"
      const bounds: Bounds = typeof params.classes === "string" ? classBounds(values, params.classes, params.count) : params.classes
      const outside = values.filter((value) => classOf(value, bounds) === -1)
      if (outside.length > 0) {
        const message = `classes: ${outside.length} of ${values.length} values of "${params.variable}" are outside of ${bounds[0]} to ${bounds.at(-1)}, ${outside[0]} for one; widen the bounds`
        return yield* StageFailure.of("value-outside", message, { column: params.variable, parameter: "classes" })
      }
      const names = classNames(bounds)
      const byYear = Map.groupBy(rows, (i) => year[i]!)
      const panels = years.map((at) => {
        const cells = new Map(byYear.get(at)!.map((i) => [entity[i]!, column.values[i]!]))
        return {
          name: years.length === 1 ? "" : String(at),
          classOf: (name: string) => {
            const value = cells.get(name)
            return value === undefined || Number.isNaN(value) ? undefined : names[classOf(value, bounds)]!
          },
          isNamed: () => params.named
        }
      })
      const what = axisLabel(params.label, column)
      const how = own
        ? ""
        : `; ${names.length} classes by ${METHODS[params.classes as keyof typeof METHODS]}${years.length === 1 ? "" : " over all years drawn"}`
      return figureTable(
        {
          title: params.title,
          xLabel: "",
          yLabel: "",
          palette: params.palette,
          notes: [`${what}${years.length === 1 ? `, ${years[0]}` : ""}${how}.`, ...map.notes, ...(params.notes ?? [])]
        },
        mapPoints(map, { classes: names, panels, overhanging: false })
      )
    })
})
