import { Effect } from "effect"
import { conventionsInWords, type StandardErrorRow } from "../../../render/artifact/standard-errors.ts"
import { tableDocument } from "../../../render/artifact/table-document.ts"
import { usage } from "../../../workspace/failure.ts"
import type { StudyToday } from "../today/study-today.ts"
import { neededOutput, nodeToday } from "./today.ts"

/** A term's standard error: how it came about, and what it is under every convention. */
export const standardErrorsOf = (today: StudyToday, name: string, term: string) =>
  Effect.gen(function* () {
    const { table } = yield* neededOutput(yield* nodeToday(today, name), "StandardErrors")
    const { data } = tableDocument(table)
    const rows = (data["term"] ?? []).flatMap((one, row) =>
      one === term ? [Object.fromEntries(Object.entries(data).map(([column, values]) => [column, values[row]])) as unknown as StandardErrorRow] : []
    )
    if (rows.length === 0) return yield* usage("unknown-term", `${name} keeps no standard error of a term "${term}"`)
    return {
      equations: [...Map.groupBy(rows, ({ equation }) => equation)].map(([equation, own]) => ({
        equation,
        ...conventionsInWords(own),
        conventions: own.map((row) => ({
          equation,
          variance: row.variance,
          smallSample: row.small_sample,
          chosen: row.chosen,
          stdError: row.std_error,
          statistic: row.statistic,
          df: row.df,
          p: row.p_value,
          low: row.conf_low,
          high: row.conf_high,
          clusters: row.clusters,
          parameters: row.parameters,
          factor: row.factor,
          software: row.software,
          note: row.note
        }))
      }))
    }
  })
