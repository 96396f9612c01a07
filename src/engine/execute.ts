import { extname } from "node:path"
import { type Cause, Duration, Effect, Exit, Schema } from "effect"
import { summarize, type TableSummary } from "../artifact/hash.ts"
import { BadOutput, toStoredTable } from "../artifact/output.ts"
import { readArrow } from "../artifact/read.ts"
import { MissingColumn, track } from "../artifact/tracked.ts"
import { writeArrow } from "../artifact/write.ts"
import { variableOf } from "../dag/command.ts"
import { fileInput } from "../dag/dag.ts"
import { type AnyStage, CurrentStage, type Fault, isTable, type Json, outputTypes, type StageContext, StageFailure, type Where } from "../dag/stage.ts"
import { stackPlace } from "./code/stack-place.ts"
import { CommandFailure } from "./command/command-failure.ts"
import type { Folder } from "./command/run-command.ts"
import { environmentRead, PROGRAM } from "./reads.ts"
import { type SourceContent, SourceReading } from "./source-content.ts"

/** An input as it crosses to a stage: an artifact's bytes (in shared memory, so that a worker copies nothing), or a file's content, which of a large one stays where it is. */
export type TaskInput =
  | { readonly kind: "table"; readonly from: string; readonly bytes: Uint8Array }
  | { readonly kind: "file"; readonly path: string; readonly content: SourceContent; readonly note: string | undefined }

/** Files as one input: a node whose list of them is empty does not run. */
const isFileList = (input: TaskInput | ReadonlyArray<TaskInput>): input is ReadonlyArray<Extract<TaskInput, { kind: "file" }>> =>
  Array.isArray(input) && input[0]?.kind === "file"

/** All that running a node needs: plain data, so that it can be sent to a worker. */
export interface Task {
  readonly node: string
  readonly stage: string
  /** Canonical JSON of the encoded parameters. */
  readonly params: string
  readonly inputs: Readonly<Record<string, TaskInput | ReadonlyArray<TaskInput>>>
  readonly seed: number
}

export interface Produced {
  readonly bytes: Uint8Array
  readonly summary: TableSummary
}
/** What came of a task. `reads` is told in either case: what a failed stage read is what may mend it. */
export interface Outcome {
  readonly reads: ReadonlyArray<string>
  readonly warnings: ReadonlyArray<Fault>
  readonly ms: number
  readonly outputs: Readonly<Record<string, Produced>> | undefined
  readonly faults: ReadonlyArray<Fault>
  /** It failed of something that may pass: the time, the thread, an error that the stage did not mean. What a stage says of its input does not. */
  readonly transient: boolean
}

/** What is told of a task's turn, while it holds its slot. */
export interface Turn<O = Outcome> {
  /** Its turn has come; false sends it away. */
  readonly begins: () => boolean
  readonly ends: (outcome: O) => void
}

/** The faults that stand behind a failed stage, in the user's words; a defect of the stage itself names the stage and where in it. */
const faultsOf = (cause: Cause.Cause<StageFailure>, task: Task): ReadonlyArray<Fault> =>
  cause.reasons.flatMap((reason): ReadonlyArray<Fault> => {
    if (reason._tag === "Interrupt") return []
    const error: unknown = reason._tag === "Fail" ? reason.error : reason.defect
    if (error instanceof StageFailure || error instanceof CommandFailure) return error.faults
    if (error instanceof MissingColumn) return [{ code: "missing-column", message: error.message, where: { column: error.column } }]
    if (error instanceof BadOutput)
      return error.faults.map((fault) => ({
        code: "bad-output",
        message: `stage ${task.stage} returned a bad ${error.table}: column "${fault.column}"${fault.row === undefined ? "" : `, row ${fault.row}`}: found ${fault.found}, expected ${fault.expected}`,
        where: { column: fault.column, ...(fault.row === undefined ? {} : { row: fault.row }), value: fault.found, expected: fault.expected }
      }))
    const place = error instanceof Error ? stackPlace(error) : undefined
    return [
      {
        code: "defect",
        message: `stage ${task.stage} broke: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}${place === undefined ? "" : ` (${place})`}`
      }
    ]
  })

/** A warning as it can be kept: a row or year that is no whole number (a missing one, say) is none. */
const keepable = ({ code, message, where = {} }: Fault): Fault => {
  const kept = Object.entries(where).filter(([, value]) => typeof value === "string" || Number.isSafeInteger(value))
  return kept.length === 0 ? { code, message } : { code, message, where: Object.fromEntries(kept) as Where }
}

const decodeParams = (stage: AnyStage, task: Task): unknown => Schema.decodeUnknownSync(stage.params as Schema.Codec<unknown>)(JSON.parse(task.params))

const tellsOfInput = (reason: Cause.Reason<StageFailure>): boolean => {
  const error: unknown = reason._tag === "Fail" ? reason.error : reason._tag === "Die" ? reason.defect : undefined
  return error instanceof StageFailure || error instanceof MissingColumn || error instanceof BadOutput
}

/**
 * Runs a stage on a task: decodes its parameters, tracks its reads, checks and encodes its outputs. Never fails: a failure is part of the outcome. A command runs in
 * a process of its own, which an interruption ends, with all that it has started.
 */
export const execute = (stage: AnyStage, task: Task, folder: Folder = "removed"): Effect.Effect<Outcome> =>
  Effect.gen(function* () {
    const start = performance.now()
    const reads = new Set<string>()
    const warnings: Array<Fault> = []
    const notes = new Set<string>()
    const readings: Array<SourceReading> = []
    const open = (name: string, input: TaskInput) => {
      reads.add(`${name} notes`)
      if (input.kind === "file") {
        reads.add(`${name} bytes`)
        if (input.note) notes.add(input.note)
        const reading = new SourceReading(input.path, input.content)
        readings.push(reading)
        return {
          get bytes() {
            return reading.bytes
          },
          chunks: () => reading.chunks(),
          get path() {
            reads.add(`${name} path`)
            return input.path
          },
          get ending() {
            reads.add(`${name} ending`)
            return extname(input.path)
          }
        }
      }
      const table = readArrow(input.bytes)
      for (const note of table.notes) notes.add(note)
      return track(table, (read) => reads.add(`${name} ${read}`))
    }
    const seed = () => {
      reads.add("seed")
      return task.seed
    }
    const command: StageContext["command"] = (asked, outputs, inputs) =>
      Effect.gen(function* () {
        reads.add(PROGRAM)
        for (const { name, value } of asked.environment.map(variableOf)) if (value === undefined) reads.add(environmentRead(name))
        const { runCommand } = yield* Effect.promise(() => import("./command/run-command.ts"))
        const limit = stage.timeout === undefined ? undefined : Duration.fromInputUnsafe(stage.timeout)
        const json = JSON.parse(task.params) as Json
        const decoded = decodeParams(stage, task)
        return yield* runCommand({
          stage: task.stage,
          command: asked,
          outputs,
          inputs,
          params: { json, decoded },
          seed: asked.seed ? seed() : undefined,
          limit,
          folder
        })
      })
    const ran = yield* Effect.suspend(() => {
      const params = decodeParams(stage, task)
      const inputs: Record<string, never> = {}
      for (const [name, input] of Object.entries(task.inputs)) {
        if (isFileList(input)) {
          reads.add(`${name} files`)
          inputs[name] = input.map((one) => open(fileInput(name, one.path), one)) as never
        } else if (Array.isArray(input)) {
          reads.add(`${name} count`)
          inputs[name] = input.map((one, i) => open(`${name}[${i}]`, one)) as never
        } else inputs[name] = open(name, input as TaskInput) as never
      }
      return stage.run(inputs, params) as Effect.Effect<unknown, StageFailure>
    }).pipe(
      Effect.map((out) => {
        const values = (isTable(stage.output) ? { output: out } : out) as Record<string, Record<string, unknown>>
        return Object.fromEntries(
          Object.entries(outputTypes(stage)).map(([name, type]) => {
            const table = toStoredTable(type, values[name] ?? {}, [...notes])
            return [name, { bytes: writeArrow(table), summary: summarize(table) }]
          })
        )
      }),
      Effect.provideService(CurrentStage, {
        warn: (warning) => warnings.push(keepable(warning)),
        seed,
        command
      }),
      Effect.exit
    )
    // What a stage made of a file that is not the planned one counts for nothing, be it a result or a complaint.
    const changed = readings.map((reading) => reading.failure()).find((failure) => failure !== undefined)
    const exit = changed === undefined ? ran : Exit.fail(changed)
    return {
      reads: [...reads].sort(),
      warnings,
      ms: performance.now() - start,
      outputs: Exit.isSuccess(exit) ? exit.value : undefined,
      faults: Exit.isSuccess(exit) ? [] : faultsOf(exit.cause, task),
      transient: Exit.isFailure(exit) && !exit.cause.reasons.some(tellsOfInput)
    }
  })
