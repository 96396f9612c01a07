import { readFileSync } from "node:fs"
import { Effect, Schema } from "effect"
import type { StoredTable } from "../../src/artifact/column.ts"
import { toStoredTable } from "../../src/artifact/output.ts"
import type { AnyTable } from "../../src/artifact/table-type.ts"
import { type Read, track } from "../../src/artifact/tracked.ts"
import { type AnyStage, CurrentStage, type Fault, Files, type SourceFile } from "../../src/dag/stage.ts"

/** A table for a stage's input, checked against its type as an output would be. */
export const tableOf = (type: AnyTable, columns: Readonly<Record<string, unknown>>): StoredTable => toStoredTable(type, columns, [])
export const fileOf = (path: string, content: string | Uint8Array): SourceFile => {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content
  return { path, bytes, chunks: () => [bytes] }
}
export const readFile = (path: string): SourceFile => fileOf(path, readFileSync(path))

type Input = StoredTable | ReadonlyArray<StoredTable> | SourceFile | ReadonlyArray<SourceFile>
const isFileList = (input: Input): input is ReadonlyArray<SourceFile> => Array.isArray(input) && input.length > 0 && "bytes" in input[0]

export interface StageResult {
  /** By output name; a stage of one output calls it "output". */
  readonly outputs: Readonly<Record<string, StoredTable>>
  readonly warnings: ReadonlyArray<Fault>
  readonly reads: ReadonlyArray<string>
}

/** Runs a stage as the engine would, in memory: decodes its parameters, tracks its reads, checks its outputs. A failure is the StageFailure. */
export const runStage = (stage: AnyStage, inputs: Readonly<Record<string, Input>>, params: unknown = {}, seed = 1): Effect.Effect<StageResult, unknown> =>
  Effect.gen(function* () {
    const warnings: Array<Fault> = []
    const reads = new Set<string>()
    const tracked = (name: string, table: StoredTable) => track(table, (read: Read) => reads.add(`${name} ${read}`))
    const given = Object.fromEntries(
      Object.entries(inputs).map(([name, input]) => [
        name,
        "bytes" in input || isFileList(input)
          ? stage.inputs[name] === Files && "bytes" in input
            ? [input]
            : input
          : Array.isArray(input)
            ? input.map((t, i) => tracked(`${name}[${i}]`, t))
            : tracked(name, input as StoredTable)
      ])
    )
    const decoded = yield* Schema.decodeUnknownEffect(stage.params as Schema.Codec<unknown>, { errors: "all", onExcessProperty: "error" })(params)
    const out = yield* Effect.suspend(() => stage.run(given, decoded)).pipe(
      Effect.provideService(CurrentStage, { warn: (warning) => warnings.push(warning), seed: () => seed }),
      Effect.catchDefect(Effect.fail)
    )
    const single = "columns" in stage.output && "name" in stage.output
    const types: Record<string, AnyTable> = single ? { output: stage.output as AnyTable } : (stage.output as Record<string, AnyTable>)
    const values = (single ? { output: out } : out) as Record<string, Record<string, unknown>>
    const outputs = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, toStoredTable(type, values[name] ?? {}, [])]))
    return { outputs, warnings, reads: [...reads] }
  })

/** A column's values of a table, for assertions. */
export const column = (table: StoredTable | undefined, name: string) => {
  const found = table?.columns.find((c) => c.name === name)
  if (found === undefined) throw new Error(`no column ${name} among ${table?.columns.map((c) => c.name).join(", ")}`)
  return found.values
}
export const numbers = (table: StoredTable | undefined, name: string): ReadonlyArray<number> => Array.from(column(table, name) as ArrayLike<number>)
