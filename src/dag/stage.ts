import { Context, type Duration, Effect, type Schedule, Schema } from "effect"
import type { AnyTable, Out, Tracked } from "../artifact/table-type.ts"
import { type Command, CommandLog } from "./command.ts"

/** Where in the user's data or settings a fault or a warning lies. */
export const Where = Schema.Struct({
  file: Schema.optionalKey(Schema.String),
  sheet: Schema.optionalKey(Schema.String),
  row: Schema.optionalKey(Schema.Int),
  column: Schema.optionalKey(Schema.String),
  entity: Schema.optionalKey(Schema.String),
  year: Schema.optionalKey(Schema.Int),
  parameter: Schema.optionalKey(Schema.String),
  value: Schema.optionalKey(Schema.String),
  expected: Schema.optionalKey(Schema.String)
})
export type Where = typeof Where.Type

/** One thing that is wrong or worth telling: a stable code, a sentence that says what to do, and where. Row numbers are the file's own, the header being row 1. */
export const Fault = Schema.Struct({ code: Schema.String, message: Schema.String, where: Schema.optionalKey(Where) })
export type Fault = typeof Fault.Type

/** A stage's failure: all that is wrong, together. */
export class StageFailure extends Schema.TaggedError<StageFailure>()("StageFailure", { faults: Schema.NonEmptyArray(Fault) }) {
  override get message(): string {
    return this.faults.map((fault) => fault.message).join("\n")
  }
  /** A failure with one fault: a code for programs, a sentence for the user, and where it is. */
  static of(code: string, message: string, where?: Where): StageFailure {
    return new StageFailure({ faults: [where === undefined ? { code, message } : { code, message, where }] })
  }
}

/** A file from outside, tracked whole by its content. */
export interface SourceFile {
  /** The path as dag.ts gives it. A stage that looks at it, if only for a warning, runs again where the file has another. */
  readonly path: string
  /** All of the content. A large file is read into memory when this is asked for. */
  readonly bytes: Uint8Array
  /** The content from its first byte on, in pieces of 64 KB or more; asking again begins again. A large file is read as they are taken, and none of them is kept. */
  readonly chunks: () => Iterable<Uint8Array>
}
/** The kind of a stage's input that is a file, not a table. */
export const File = { name: "File" } as const
export type File = typeof File

/** The kind of a stage's input that is several files in the order of their paths, or in the order that they are given in; it may be one. */
export const Files = { name: "Files" } as const
export type Files = typeof Files

/** An input that takes a list of tables of one type, in order. */
export interface Many<T extends AnyTable = AnyTable> {
  readonly name: `${T["name"]}[]`
  readonly many: T
}
/** As a stage's input: a list of outputs of this type, in the order in which they are wired. */
export const many = <T extends AnyTable>(type: T): Many<T> => ({ name: `${type.name as T["name"]}[]`, many: type })

export type InputType = AnyTable | Many | File | Files
export type Inputs = { readonly [name: string]: InputType }
export type OutputTypes = AnyTable | { readonly [name: string]: AnyTable }
/** What parameters and the items of a map are: a value of JSON. */
export type Json = string | number | boolean | null | ReadonlyArray<Json> | { readonly [key: string]: Json }
// biome-ignore lint/suspicious/noExplicitAny: the decoded side is the stage's own; only the encoded side must be JSON
export type ParamsSchema = Schema.Codec<any, Json>

/** What a stage finds of an input: a tracked table, a list of them, a file or a list of files. */
export type InputValue<I> =
  I extends Many<infer T>
    ? ReadonlyArray<Tracked<T>>
    : I extends File
      ? SourceFile
      : I extends Files
        ? ReadonlyArray<SourceFile>
        : I extends AnyTable
          ? Tracked<I>
          : never
export type OutputValue<O> = O extends AnyTable ? Out<O> : { readonly [K in keyof O]: O[K] extends AnyTable ? Out<O[K]> : never }

/** How a stage is run. None of it can change what the stage makes, so it is no part of its fingerprint where it stands in the literal that Stage.make is given. */
export interface StagePolicies {
  /**
   * Asked after a failure that may pass: the time ran out, the thread broke, or the stage threw an error. It sees the faults. What a stage says of its input
   * (StageFailure), a column that is not there and a bad output come out the same every time, and are not tried again.
   */
  readonly retry?: Schedule.Schedule<unknown, ReadonlyArray<Fault>>
  /** The longest that one attempt may take. The stage then always runs on a worker thread, which is stopped when the time is over. */
  readonly timeout?: Duration.Input
  /** At most so many tasks of this stage at a time, whatever `--jobs` allows. */
  readonly concurrency?: number
}

/** A step, before it is placed in a study: its inputs, the Schema of its parameters, its output or outputs by name, and what it does. */
export interface Stage<I extends Inputs = Inputs, P extends ParamsSchema = ParamsSchema, O extends OutputTypes = OutputTypes> extends StagePolicies {
  readonly name: string
  readonly inputs: I
  readonly params: P
  readonly output: O
  /** Makes the outputs. The same inputs, parameters and seed must give the same: it reads nothing else. */
  readonly run: (inputs: { readonly [K in keyof I]: InputValue<I[K]> }, params: P["Type"]) => Effect.Effect<OutputValue<O>, StageFailure>
  /** Where it is one of the system: `run` has the engine start it. */
  readonly command?: Command
}
// biome-ignore lint/suspicious/noExplicitAny: a stage of any inputs, parameters and outputs
export type AnyStage = Stage<any, any, any>

export const isTable = (output: OutputTypes): output is AnyTable => typeof output["name"] === "string"
/** A stage's outputs by name; the only one of a stage that has one is called "output", as is that of several for which a node's name alone stands. */
export const outputTypes = (stage: AnyStage): Readonly<Record<string, AnyTable>> => (isTable(stage.output) ? { output: stage.output } : stage.output)

/** A stage's inputs, whatever they are. */
export type AnyInputs = Readonly<Record<string, InputValue<InputType>>>

/** What the framework gives a running stage beside its inputs. */
export interface StageContext {
  readonly warn: (warning: Fault) => void
  /** hash(study seed, stage name, stream): reading it makes the node depend on the study's seed. */
  readonly seed: () => number
  /** Starts a command of the system on these inputs and gives its outputs. Only the engine can. */
  readonly command?: (command: Command, outputs: Readonly<Record<string, AnyTable>>, inputs: AnyInputs) => Effect.Effect<unknown, StageFailure>
}
export const CurrentStage = Context.Reference<StageContext>("sediment/dag/CurrentStage", {
  defaultValue: () => ({ warn: () => {}, seed: () => 0 })
})

type WithLog<O extends OutputTypes> = (O extends AnyTable ? { readonly output: O } : O) & { readonly log: typeof CommandLog }
/** Which columns of which inputs are handed over; a file has none. */
type ColumnsOf<I extends Inputs> = { readonly [K in keyof I]?: I[K] extends File | Files ? never : ReadonlyArray<string> }

export interface CommandDefinition<I extends Inputs, P extends ParamsSchema, O extends OutputTypes> extends StagePolicies {
  /** A script is an input of kind `File`; so is every file that it needs. */
  readonly inputs: I
  readonly params: P
  /** A table type, or a record of them; an output `log` comes on top. */
  readonly output: O
  readonly command: Command["command"]
  /** Unless given, the program with `--version`. */
  readonly version?: Command["version"]
  readonly environment?: Command["environment"]
  /** Unless given, "csv". */
  readonly handOver?: Command["handOver"]
  /** Unless given, all columns of all tables. An edit of one that is not handed over does not run the command again. */
  readonly columns?: ColumnsOf<I> | ((params: P["Type"]) => ColumnsOf<I>)
  readonly seed?: boolean
  readonly optional?: boolean
}

/** How stages are declared, and what one asks for while it runs. */
export const Stage = {
  /** Declares a stage. It must stand at the top level of a module as `export const x = Stage.make("x", …)`: its fingerprint is found there. */
  make: <const I extends Inputs, P extends ParamsSchema, const O extends OutputTypes>(
    name: string,
    definition: Omit<Stage<I, P, O>, "name">
  ): Stage<I, P, O> => ({
    name,
    ...definition
  }),
  /** Declares a stage that is a command of the system, as `export const x = Stage.command("x", …)` at the top level of a module: docs/external-stages.md. */
  command: <const I extends Inputs, P extends ParamsSchema, const O extends OutputTypes>(
    name: string,
    { columns = {}, command, environment = [], handOver = "csv", optional = false, output, seed = false, version, ...stage }: CommandDefinition<I, P, O>
  ): Stage<I, P, WithLog<O>> => {
    const outputs = (isTable(output) ? { output, log: CommandLog } : { ...output, log: output["log"] ?? CommandLog }) as unknown as WithLog<O>
    const asked: Command = {
      command,
      version: version ?? [command[0], "--version"],
      environment,
      handOver,
      columns: (typeof columns === "function" ? columns : () => columns) as Command["columns"],
      seed,
      optional
    }
    return {
      name,
      ...stage,
      output: outputs,
      command: asked,
      run: (inputs) =>
        Effect.flatMap(CurrentStage, (current) =>
          current.command === undefined
            ? Effect.fail(StageFailure.of("no-engine", `stage ${name} is a command of the system, which Sediment's engine alone starts`))
            : (current.command(asked, outputs, inputs as AnyInputs) as Effect.Effect<OutputValue<WithLog<O>>, StageFailure>)
        )
    }
  },
  /** A warning: stored in the trace and shown again whenever the node is fresh. */
  warn: (warning: Fault): Effect.Effect<void> => Effect.map(CurrentStage, (stage) => stage.warn(warning)),
  /** The seed of this node's random numbers, an unsigned 32-bit integer. Counts, block bounds and tolerances never enter it. */
  seed: Effect.map(CurrentStage, (stage) => stage.seed())
}
