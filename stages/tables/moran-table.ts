import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { decimals, parentheses } from "../../src/render/numbers.ts"
import { MoranByYear } from "../autocorrelation-types.ts"
import { PrintedTable } from "../table-types.ts"
import { VariableName } from "../variable-name.ts"
import type { Cell } from "./draft.ts"
import { labelOf } from "./labels.ts"
import { numberParams, written } from "./number-style.ts"
import { printedTable } from "./printed-table.ts"
import { starsNote, starsOf, starsParam } from "./star-levels.ts"
import { tableParams } from "./table-params.ts"

const MoranTableParams = Schema.Struct({
  ...tableParams,
  ...starsParam,
  ...numberParams(3),
  /** Variables in the order of print, with their labels; all of them without it. */
  variables: Schema.optionalKey(Schema.NonEmptyArray(Schema.Struct({ name: VariableName, label: Schema.optionalKey(Schema.String) }))),
  /** What the z and the stars rest on. */
  inference: Schema.Literals(["randomisation", "normality"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("randomisation" as const)))
})

/** Global Moran's I by year: a row a year, for each variable I with stars and its z. */
export const moranTable = Stage.make("moran-table", {
  inputs: { moran: MoranByYear },
  params: MoranTableParams,
  output: PrintedTable,
  run: ({ moran }, params) =>
    Effect.gen(function* () {
      const variable = moran.column("variable").values
      const year = moran.column("year").values
      const statistic = moran.column("statistic").values
      const z = moran.column(`z_${params.inference}`).values
      const p = moran.column(`p_${params.inference}`).values
      const there = [...new Set(variable)]
      const variables: ReadonlyArray<{ readonly name: string; readonly label?: string }> = params.variables ?? there.map((name) => ({ name }))
      const absent = variables.flatMap(({ name }) => (there.includes(name) ? [] : [`"${name}"`]))
      if (absent.length > 0) {
        const message = `there is no Moran's I of ${absent.join(", ")}; the variables are ${there.map((name) => `"${name}"`).join(", ")}`
        return yield* StageFailure.of("missing-variable", message, { parameter: "variables" })
      }
      const years = [...new Set(year)].sort((a, b) => a - b)
      const rows = years.map((at) => ({
        label: String(at),
        cells: variables.flatMap(({ name }): ReadonlyArray<Cell | undefined> => {
          const i = variable.findIndex((candidate, row) => candidate === name && year[row] === at)
          if (i === -1) return [undefined, undefined]
          return [
            { text: written(statistic[i]!, params) + starsOf(p[i]!, params.stars), value: statistic[i]! },
            { text: parentheses(decimals(z[i]!, 2)), value: z[i]! }
          ]
        })
      }))
      const [alternative] = moran.column("alternative").values
      const side = { "two-sided": "two-sided", less: "one-sided (negative autocorrelation)" }[alternative ?? ""] ?? "one-sided (positive autocorrelation)"
      return printedTable(
        {
          title: params.title,
          columns: variables.flatMap(({ label, name }) =>
            ["Moran's I", "z"].map((heading) => ({ label: heading, group: label ?? labelOf(params.labels, name) }))
          ),
          rows,
          notes: [[`z under ${params.inference} in parentheses.`, ...starsNote(params.stars, side)].join(" "), ...params.notes]
        },
        params
      )
    })
})
