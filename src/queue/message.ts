/** What the submitter and the workers tell each other: names and numbers, no values of any table. docs/workers.md has it in words. */
import { hash } from "node:crypto"
import { Option, Schema } from "effect"
import { Fault } from "../dag/stage.ts"
import type { NamedTask } from "../engine/elsewhere.ts"
import { SHA256 } from "../store/shared/action-result.ts"

/** Files are named by it: nothing else may stand there. */
const Sha = Schema.String.check(Schema.isPattern(SHA256))

const NamedInput = Schema.Struct({ node: Schema.String, output: Schema.String, artifact: Sha })
const Task = Schema.Struct({
  node: Schema.String,
  stage: Schema.String,
  code: Sha,
  params: Schema.String,
  seed: Schema.Number,
  limitMs: Schema.NullOr(Schema.Finite),
  inputs: Schema.Record(Schema.String, Schema.Union([NamedInput, Schema.Array(NamedInput)]))
})

/** One job of the queue: tasks that one worker executes one after another. */
export const Job = Schema.Struct({
  /** SHA-256 of the module, which the worker fetches by it. */
  module: Sha,
  /** The run that the traces name. */
  run: Schema.String,
  tasks: Schema.Array(Task)
})
export type Job = typeof Job.Type

const Column = Schema.Struct({
  name: Schema.String,
  kind: Schema.Literals(["number", "integer", "text", "category", "flag"]),
  unit: Schema.String,
  description: Schema.String,
  nulls: Schema.Number,
  data: Sha,
  metadata: Sha
})
const Output = Schema.Struct({
  artifact: Sha,
  summary: Schema.Struct({ rows: Schema.Number, columns: Schema.Array(Column), notes: Schema.Array(Schema.String) })
})

/** What came of a task. Its artifacts and its trace were durable before it was told. */
export const TaskOutcome = Schema.Struct({
  reads: Schema.Array(Schema.String),
  warnings: Schema.Array(Fault),
  ms: Schema.Number,
  outputs: Schema.optional(Schema.Record(Schema.String, Output)),
  faults: Schema.Array(Fault),
  transient: Schema.Boolean,
  /** Artifacts that the worker did not find. */
  lost: Schema.Array(Sha),
  worker: Schema.String
})
export type TaskOutcome = typeof TaskOutcome.Type

const decodeOutcome = Schema.decodeUnknownOption(Schema.fromJsonString(TaskOutcome))

/** What was told of a task; a failure of its own where that is no outcome. */
export const readOutcome = (text: string): TaskOutcome =>
  Option.getOrElse(decodeOutcome(text), () => ({
    reads: [],
    warnings: [],
    ms: 0,
    outputs: undefined,
    faults: [{ code: "not-understood", message: "what a worker told of it in the queue cannot be read: look who writes there besides your workers" }],
    transient: true,
    lost: [],
    worker: "unknown"
  }))

/** The code of a study's stages, as a worker links it with its own Sediment. */
export const PortableModule = Schema.Struct({ text: Schema.String, map: Schema.String })
export type PortableModule = typeof PortableModule.Type

/** How a worker begins to say that a module is not in the queue: whoever has it offers it anew. */
export const MODULE_GONE = "the code is not in the queue any more"

/** How a worker begins to say that it ends, and others are to do what it was given. */
export const WORKER_ENDS = "the worker ends"

/** How a worker begins to say that it cannot work just now, and another may. */
export const NOT_WELL = "the worker cannot do its work"

/** A name for a task: two of one name come to the same, be it that the time was not enough. It has no node in it: the same work of two nodes is one. */
export const taskKey = ({ code, inputs, limitMs, params, seed, stage }: NamedTask): string => {
  const artifacts = Object.entries(inputs)
    .map(([input, named]) => [input, ...("artifact" in named ? [named.artifact] : named.map(({ artifact }) => artifact))])
    .sort(([a], [b]) => (a! < b! ? -1 : 1))
  return hash("sha256", JSON.stringify(["sediment task 2", stage, code, params, seed, limitMs, artifacts]))
}
