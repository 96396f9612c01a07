/** A stage that is a command: its inputs handed over, the command started, its outputs read back. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Cause, Duration, Effect, Exit } from "effect"
import type { AnyTable } from "../../artifact/table-type.ts"
import type { Command } from "../../dag/command.ts"
import { type AnyInputs, type Json, StageFailure } from "../../dag/stage.ts"
import { type LogLine, tailOf } from "./bounded-log.ts"
import { CommandFailure } from "./command-failure.ts"
import { environmentOf } from "./environment.ts"
import { handOver } from "./hand-over.ts"
import { type Ended, runGroup } from "./process-group.ts"
import { findProgram } from "./programs.ts"
import { readBack } from "./read-back.ts"

/** What becomes of the folder that a command runs in: it is removed, or kept where it fails, or it is this one, which stays. */
export type Folder = "removed" | "kept on failure" | { readonly at: string }

export interface Call {
  readonly stage: string
  readonly command: Command
  readonly outputs: Readonly<Record<string, AnyTable>>
  readonly inputs: AnyInputs
  /** The parameters, encoded and decoded. */
  readonly params: { readonly json: Json; readonly decoded: unknown }
  readonly seed: number | undefined
  readonly limit: Duration.Duration | undefined
  readonly folder: Folder
}

const SEED = "SEDIMENT_SEED"
/** A folder of its own in which programs put their temporary files: they go with the folder, however the command ends. */
const TEMPORARY = "tmp"

const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The leaves of parameters by their paths, for programs that do not read JSON: `regressors[0],ln_pcap`. */
const leaves = (value: Json, path = ""): ReadonlyArray<string> => {
  if (Array.isArray(value)) return value.flatMap((one: Json, i) => leaves(one, `${path}[${i}]`))
  if (typeof value === "object" && value !== null) return Object.entries(value).flatMap(([key, one]) => leaves(one, path === "" ? key : `${path}.${key}`))
  return [`${field(path)},${value === null ? "" : field(String(value))}`]
}

const logTable = (streams: Readonly<Record<"stdout" | "stderr", ReadonlyArray<LogLine>>>) => {
  const lines = (["stdout", "stderr"] as const).flatMap((stream) => streams[stream].map((line) => ({ stream, ...line })))
  return { line: Int32Array.from(lines, ({ line }) => line), stream: lines.map(({ stream }) => stream), text: lines.map(({ text }) => text) }
}

const indented = (lines: ReadonlyArray<string>): string => lines.map((line) => `\n      ${line}`).join("")

const failureOf = ({ command, limit, stage }: Call, { exit, stderr, stdout }: Ended): CommandFailure | undefined => {
  if (exit?.code === 0) return undefined
  const tail = tailOf(stdout, stderr)
  const said = tail.length === 0 ? "; it wrote nothing" : `; the end of what it wrote:${indented(tail)}`
  if (exit === undefined)
    return new CommandFailure(
      "timeout",
      `stage ${stage}: ${command.command.join(" ")} was stopped when it had taken ${Duration.format(limit!)}, the longest that it may; give it less to do, or raise timeout in Stage.command(${JSON.stringify(stage)}, …)${said}`
    )
  const how =
    exit.code === null
      ? `was ended by the signal ${exit.signal}${exit.signal === "SIGKILL" ? ", as a system does that is short of memory" : ""}`
      : `ended with exit code ${exit.code}`
  return new CommandFailure("command-failed", `stage ${stage}: ${command.command.join(" ")} ${how}${said}`)
}

/** Runs it in the folder. */
const runIn = (folder: string, call: Call): Effect.Effect<unknown, StageFailure> =>
  Effect.gen(function* () {
    const { command, inputs, limit, outputs, params, seed, stage } = call
    const path = findProgram(command.command[0])
    if (path === undefined) return yield* Effect.die(new CommandFailure("missing-program", `stage ${stage}: there is no program ${command.command[0]} here`))
    const columns = command.columns(params.decoded as never)
    for (const input of Object.keys(columns))
      if (!(input in inputs))
        return yield* StageFailure.of("hand-over", `its columns are of an input "${input}", which it does not have; it has: ${Object.keys(inputs).join(", ")}`)
    const places = yield* Effect.promise(() => handOver(folder, inputs, command.handOver, columns))
    writeFileSync(join(folder, "params.json"), `${JSON.stringify(params.json)}\n`)
    writeFileSync(join(folder, "params.csv"), ["parameter,value", ...leaves(params.json)].join("\n") + "\n")
    mkdirSync(join(folder, TEMPORARY))
    const handed = new Set(readdirSync(folder))
    const given = command.command.slice(1).map((one) => one.replace(/\{([A-Za-z][\w-]*)\}/g, (whole, input: string) => places.get(input) ?? whole))
    const temporary = join(folder, TEMPORARY)
    const environment = {
      TMPDIR: temporary,
      ...(process.platform === "win32" ? { TEMP: temporary, TMP: temporary } : {}),
      ...environmentOf(command.environment),
      ...(seed === undefined ? {} : { [SEED]: String(seed) })
    }
    const ended = yield* runGroup({ path, given, folder, environment, limit }).pipe(
      Effect.catch((error) => Effect.die(new CommandFailure("command-failed", `stage ${stage}: ${path} could not be started: ${error.message}`)))
    )
    if (call.folder !== "removed")
      for (const stream of ["stdout", "stderr"] as const) writeFileSync(join(folder, `${stream}.txt`), ended[stream].map(({ text }) => `${text}\n`).join(""))
    const failure = failureOf(call, ended)
    if (failure !== undefined) return yield* Effect.die(failure)
    const { log: _, ...own } = outputs
    const read = yield* Effect.tryPromise({
      try: () => readBack(folder, own, handed),
      catch: (error) => (error instanceof StageFailure ? withTail(error, ended) : error)
    }).pipe(Effect.catch((error) => (error instanceof StageFailure ? Effect.fail(error) : Effect.die(error))))
    return { ...read, log: logTable(ended) }
  })

/** What a command wrote may tell why it has not made what it should. */
const withTail = ({ faults }: StageFailure, { stderr, stdout }: Ended): StageFailure => {
  const [first, ...others] = faults
  const tail = first.code === "missing-output" ? tailOf(stdout, stderr, 5) : []
  return tail.length === 0
    ? new StageFailure({ faults })
    : new StageFailure({ faults: [{ ...first, message: `${first.message}; the end of what it said:${indented(tail)}` }, ...others] })
}

const remove = (folder: string): void => {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  } catch {
    // Something that has left the command's group may still write there.
  }
}

/** Adds to what failed where the folder is. */
const tellingFolder = (folder: string, run: Effect.Effect<unknown, StageFailure>): Effect.Effect<unknown, StageFailure> => {
  const kept = `its folder is kept: ${folder}`
  return run.pipe(
    Effect.catch(({ faults }) => Effect.fail(new StageFailure({ faults: [...faults, { code: "kept-folder", message: kept }] }))),
    Effect.catchDefect((defect) =>
      Effect.die(defect instanceof CommandFailure ? new CommandFailure(defect.faults[0]!.code, `${defect.message}\n    ${kept}`) : defect)
    )
  )
}

/** Runs a command in a folder of its own. Fails with what is wrong with its inputs or outputs; dies with a CommandFailure where the command itself failed. */
export const runCommand = (call: Call): Effect.Effect<unknown, StageFailure> =>
  Effect.acquireUseRelease(
    Effect.sync(() => (typeof call.folder === "object" ? call.folder.at : mkdtempSync(join(tmpdir(), "sediment-")))),
    (folder) => (call.folder === "kept on failure" ? tellingFolder(folder, runIn(folder, call)) : runIn(folder, call)),
    (folder, exit) =>
      Effect.sync(() => {
        if (call.folder === "removed" || (call.folder === "kept on failure" && (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)))) remove(folder)
      })
  )
