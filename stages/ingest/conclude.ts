import { type Fault, Stage, type StageFailure } from "@sediment/sediment"
import { Effect } from "effect"
import { failTogether } from "../fail-together.ts"
import { integerRanges } from "../integer-ranges.ts"
import type { CsvFile } from "./csv.ts"
import type { Keyed, KeyParams } from "./keys.ts"

/** Fails with all faults of a file, in the order of its rows and then those of the whole file; otherwise tells that its years are editions, if they are. */
export const conclude = (file: CsvFile, params: KeyParams, keyed: ReadonlyArray<Keyed>, faults: ReadonlyArray<Fault>): Effect.Effect<void, StageFailure> =>
  Effect.gen(function* () {
    yield* failTogether([...faults].sort((a, b) => (a.where?.row ?? Number.MAX_SAFE_INTEGER) - (b.where?.row ?? Number.MAX_SAFE_INTEGER)))
    if (params.yearIs === "data") return
    const years = [...new Set(keyed.map(({ year }) => year))].sort((a, b) => a - b)
    const message = `${file.path}: the column "${params.year}" holds editions; the data are of ${integerRanges(years)}, each a year before its edition`
    yield* Stage.warn({ code: "edition-years", message, where: { file: file.path, column: params.year } })
  })
