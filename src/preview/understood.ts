/** What a description makes of a file: the panel that ingest would read, or all that is wrong. */
import { Effect, Result } from "effect"
import type { EntityNames } from "../../stages/ingest/entity-names.ts"
import { readSource } from "../../stages/ingest/read-source.ts"
import type { SourceDescription } from "../../stages/ingest/source-params.ts"
import { CurrentStage, type Fault, type SourceFile } from "../dag/stage.ts"

export interface UnderstoodVariable {
  readonly name: string
  readonly unit: string
  readonly values: number
  readonly missing: number
  readonly min: number
  readonly median: number
  readonly max: number
}

export interface Understood {
  readonly rows: number
  readonly entities: ReadonlyArray<string>
  readonly years: ReadonlyArray<number>
  readonly variables: ReadonlyArray<UnderstoodVariable>
  /** The first cells, with where they were read. */
  readonly first: ReadonlyArray<{
    readonly entity: string
    readonly year: number
    readonly variable: string
    readonly value: number | null
    readonly source: string
  }>
  readonly warnings: ReadonlyArray<Fault>
  readonly faults: ReadonlyArray<Fault>
}

const nothing = { rows: 0, entities: [], years: [], variables: [], first: [] }

const medianOf = (sorted: ReadonlyArray<number>): number =>
  sorted.length === 0 ? Number.NaN : (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2

/** Reads files as a description says, and tells what was understood. */
export const understand = (files: ReadonlyArray<SourceFile>, names: EntityNames, description: SourceDescription): Effect.Effect<Understood> =>
  Effect.gen(function* () {
    const warnings: Array<Fault> = []
    const result = yield* readSource(files, names, description).pipe(
      Effect.provideService(CurrentStage, { warn: (warning) => warnings.push(warning), seed: () => 0 }),
      Effect.result
    )
    if (Result.isFailure(result)) return { ...nothing, warnings, faults: result.failure.faults }
    const { observations, unitOf } = result.success
    const variables = observations.variables.map((name): UnderstoodVariable => {
      const order = observations.entity.map((_, i) => i)
      const sorted = Array.from(observations.column(name, order).values)
        .filter((x) => !Number.isNaN(x))
        .sort((a, b) => a - b)
      const declared = description.splices.find(({ variable }) => variable === name)?.new ?? name
      return {
        name,
        unit: unitOf(declared),
        values: sorted.length,
        missing: observations.length - sorted.length,
        min: sorted[0] ?? Number.NaN,
        median: medianOf(sorted),
        max: sorted.at(-1) ?? Number.NaN
      }
    })
    const first = observations.variables.slice(0, 3).flatMap((variable) =>
      Array.from({ length: Math.min(2, observations.length) }, (_, row) => {
        const value = observations.value(variable, row)
        return {
          entity: names.entities[observations.entity[row]!]!,
          year: observations.year[row]!,
          variable,
          value: Number.isNaN(value) ? null : value,
          source: observations.source(variable, row) ?? ""
        }
      })
    )
    return {
      rows: observations.length,
      entities: [...new Set(observations.entity)].map((i) => names.entities[i]!),
      years: [...new Set(observations.year)].sort((a, b) => a - b),
      variables,
      first,
      warnings,
      faults: []
    }
  })
