import { type Fault, many, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { failTogether } from "../fail-together.ts"
import { variablesOf } from "../panel-columns.ts"
import { Figure, Panel } from "../table-types.ts"
import { Findings } from "../validate/validation-types.ts"
import { figureTable } from "./figure-points.ts"
import { shareMapPoints } from "./share-map-points.ts"

const Shown = Schema.Literals(["missing", "filled", "flagged"])
type Shown = typeof Shown.Type

const QualityFigureParams = Schema.Struct({
  title: Schema.String,
  /** Which maps are drawn, in this order; without it those that have anything to show. */
  shows: Schema.optionalKey(Schema.NonEmptyArray(Shown)),
  /** What counts as flagged: errors, errors and warnings, or notes too. */
  flagged: Schema.Literals(["error", "warning", "note"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("warning" as const))),
  /** Those that have a row: all variables of the panels without it. */
  variables: Schema.optionalKey(Schema.NonEmptyArray(Schema.NonEmptyString)),
  notes: Schema.Array(Schema.String).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
})

const SEVERITIES = { error: ["error"], warning: ["error", "warning"], note: ["error", "warning", "note"] } as const
const HEADINGS: Readonly<Record<Shown, string>> = { missing: "Missing", filled: "Filled in", flagged: "Flagged" }

/**
 * The data's quality at a glance: variables by years, the share of entities whose cell is missing, was filled in, or has a finding of `validate`, from light to dark, a map each. A finding about all entities counts as all of them.
 */
export const qualityFigure = Stage.make("quality-figure", {
  inputs: { panels: many(Panel), findings: many(Findings) },
  params: QualityFigureParams,
  output: Figure,
  run: ({ findings, panels }, { flagged: least, notes, title, variables, ...params }) =>
    Effect.gen(function* () {
      const all = panels.flatMap((panel) => variablesOf(panel).map((name) => ({ name, panel })))
      yield* failTogether(
        (variables ?? [])
          .filter((name) => !all.some((one) => one.name === name))
          .map(
            (name): Fault => ({
              code: "missing-variable",
              message: `no panel has a variable "${name}"; they have ${all.map((one) => one.name).join(", ")}`,
              where: { parameter: "variables", column: name }
            })
          )
      )
      const chosen = variables === undefined ? all : variables.map((name) => all.find((one) => one.name === name)!)
      const years = [...new Set(panels.flatMap((panel) => [...panel.column("year").values]))].sort((a, b) => a - b)
      // Entities with a finding, by variable and year; "" is all of them.
      const found = new Map<string, Set<string>>()
      let undated = 0
      for (const table of findings) {
        const severity = table.column("severity").values
        const variable = table.column("variable").values
        const entity = table.column("entity").values
        const year = table.column("year")
        severity.forEach((own, row) => {
          if (!(SEVERITIES[least] as ReadonlyArray<string>).includes(own)) return
          if (year.valid?.[row] === 0) {
            undated++
            return
          }
          const key = `${year.values[row]} ${variable[row]}`
          found.set(key, (found.get(key) ?? new Set()).add(entity[row]!))
        })
      }
      const totals: Record<Shown, number> = { missing: 0, filled: 0, flagged: 0 }
      let cells = 0
      const counted = chosen.map(({ name, panel }) => {
        const { filled, values } = panel.column(name)
        const year = panel.column("year").values
        const byYear = new Map<number, Record<Shown | "cells", number>>()
        values.forEach((value, row) => {
          const own = byYear.get(year[row]!) ?? { cells: 0, missing: 0, filled: 0, flagged: 0 }
          own.cells++
          if (Number.isNaN(value)) own.missing++
          if (filled?.[row] === 1) own.filled++
          byYear.set(year[row]!, own)
        })
        for (const [at, own] of byYear) {
          const who = found.get(`${at} ${name}`)
          own.flagged = who === undefined ? 0 : who.has("") ? own.cells : Math.min(who.size, own.cells)
          cells += own.cells
          for (const kind of ["missing", "filled", "flagged"] as const) totals[kind] += own[kind]
        }
        return byYear
      })
      const some = (["missing", "filled", "flagged"] as const).filter((kind) => totals[kind] > 0)
      const shows: ReadonlyArray<Shown> = params.shows ?? (some.length === 0 ? ["missing"] : some)
      const points = shows.flatMap((kind) =>
        shareMapPoints(
          {
            rows: chosen.map(({ name }) => name),
            columns: years.map(String),
            share: (r, c) => {
              const own = counted[r]!.get(years[c]!)
              return own === undefined ? undefined : own[kind] / own.cells
            }
          },
          shows.length === 1 ? "" : HEADINGS[kind]
        )
      )
      const hatched = points.some(({ series }) => series === "no value") ? " Hatched: the year is not there." : ""
      const counts = (kind: Shown, one: string, several: string) => `${totals[kind]} ${totals[kind] === 1 ? one : several}`
      const told = `Share of a year's entities. Of ${cells} cells ${counts("missing", "is", "are")} missing, ${counts("filled", "was", "were")} filled in, and ${counts("flagged", "has", "have")} ${least === "error" ? "an error" : least === "warning" ? "an error or a warning" : "a finding"} of validation${undated === 0 ? "" : `; ${undated} more are about no year`}.${hatched}`
      return figureTable({ title, xLabel: "", yLabel: "", palette: "sequential", notes: [told, ...notes] }, points)
    })
})
