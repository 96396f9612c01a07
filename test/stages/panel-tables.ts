import { Effect } from "effect"
import type { StoredTable } from "../../src/artifact/column.ts"
import { type AnyStage, type Fault, StageFailure } from "../../src/dag/stage.ts"
import { Entities, NormalizedPanel, Panel, SubunitPanel } from "../../stages/table-types.ts"
import { runStage, tableOf } from "./run-stage.ts"

/** A variable of a test's panel: its values (NaN is missing), and what is told of it. */
type Variable = ReadonlyArray<number> | { readonly values: ReadonlyArray<number>; readonly unit?: string; readonly filled?: ReadonlyArray<number> }

const rest = (variables: Readonly<Record<string, Variable>>) =>
  new Map(
    Object.entries(variables).map(([name, variable]) => {
      const { filled, unit, values } = "length" in variable ? { unit: "", filled: undefined, values: variable } : { unit: "", filled: undefined, ...variable }
      return [name, { values: Float64Array.from(values), unit, filled: filled === undefined ? undefined : Uint8Array.from(filled) }]
    })
  )

/** A balanced panel: rows by entity, then year. */
const grid = (entities: ReadonlyArray<string>, years: ReadonlyArray<number>) => ({
  entity: entities.flatMap((entity) => years.map(() => entity)),
  year: Int32Array.from(entities.flatMap(() => years))
})

export const panelOf = (entities: ReadonlyArray<string>, years: ReadonlyArray<number>, variables: Readonly<Record<string, Variable>>): StoredTable =>
  tableOf(Panel, { ...grid(entities, years), rest: rest(variables) })

export const normalizedOf = (entities: ReadonlyArray<string>, years: ReadonlyArray<number>, variables: Readonly<Record<string, Variable>>): StoredTable =>
  tableOf(NormalizedPanel, { ...grid(entities, years), rest: rest(variables) })

export const subunitsOf = (
  rows: ReadonlyArray<readonly [entity: string, unit: string, year: number]>,
  variables: Readonly<Record<string, Variable>>
): StoredTable =>
  tableOf(SubunitPanel, {
    entity: rows.map(([entity]) => entity),
    unit: rows.map(([, unit]) => unit),
    year: Int32Array.from(rows, ([, , year]) => year),
    rest: rest(variables)
  })

/** A dictionary of entities, with further columns as given. */
export const entitiesOf = (names: ReadonlyArray<string>, columns: Readonly<Record<string, ReadonlyArray<string | null>>> = {}): StoredTable =>
  tableOf(Entities, {
    entity: names,
    latitude: Float64Array.from(names, (_, i) => 30 + i),
    longitude: Float64Array.from(names, (_, i) => 100 + i),
    rest: new Map(Object.entries(columns).map(([name, values]) => [name, { values }]))
  })

/** The faults of a stage that must fail. */
export const faultsOf = (stage: AnyStage, inputs: Parameters<typeof runStage>[1], params: unknown = {}): Effect.Effect<ReadonlyArray<Fault>, unknown> =>
  Effect.flatMap(Effect.flip(runStage(stage, inputs, params)), (failure) =>
    failure instanceof StageFailure ? Effect.succeed(failure.faults) : Effect.fail(failure)
  )
