import { type ChildProcess, fork } from "node:child_process"
import { availableParallelism, totalmem } from "node:os"
import { Effect } from "effect"
import { type CliFailure, usage } from "../../../workspace/failure.ts"
import type { SqlFault, SqlFile, SqlResult } from "../../messages/sql.ts"
import type { FileWanted, FromProcess, Limits, Outcome, ProcessBeginning, Query, ToProcess } from "./protocol.ts"

/** How long a query that is to end is waited for, before its process is. */
const GRACE = 3000

export const LIMITS: Limits = {
  rows: 5000,
  milliseconds: 60_000,
  memory: Math.min(4e9, Math.max(2.5e8, totalmem() / 4)),
  threads: Math.min(4, Math.max(1, availableParallelism() - 1))
}

const unavailable = (why: string): CliFailure =>
  usage(
    "no-duckdb",
    `SQL needs DuckDB, which is not installed for this machine (${process.platform} ${process.arch}): install the package @duckdb/node-api with npm, without --omit=optional. Everything else in the studio works without it. (${why.split("\n")[0]})`
  )

interface Waiting {
  readonly outcome: (outcome: Outcome) => void
  readonly fail: (failure: CliFailure) => void
}

/** The process that DuckDB runs in: started with the first query, and again after it broke. */
export class QueryProcess {
  readonly #entry: URL
  readonly #beginning: ProcessBeginning
  readonly #waiting = new Map<number, Waiting>()
  #child: { readonly process: ChildProcess; readonly ready: Promise<void> } | undefined
  #asked = 0

  constructor(entry: URL, beginning: ProcessBeginning) {
    this.#entry = entry
    this.#beginning = beginning
  }

  /** Runs a query; with `file`, writes its result there. An interruption ends the query. */
  run(query: Query): Effect.Effect<SqlResult | SqlFault, CliFailure>
  run(query: Query, file: FileWanted): Effect.Effect<SqlFile | SqlFault, CliFailure>
  run(query: Query, file?: FileWanted): Effect.Effect<Outcome, CliFailure> {
    return Effect.callback((resume) => {
      const id = this.#asked++
      const { process: child, ready } = (this.#child ??= this.#start())
      const send = (message: ToProcess) => void ready.then(() => child.connected && child.send(message))
      // One that does not end by itself in time, or when it is told to, ends with its process.
      const kill = () => this.#waiting.has(id) && child.kill("SIGKILL")
      const clock = setTimeout(kill, this.#beginning.limits.milliseconds + GRACE)
      const settle = () => {
        clearTimeout(clock)
        this.#waiting.delete(id)
      }
      this.#waiting.set(id, {
        outcome: (outcome) => {
          settle()
          resume(Effect.succeed(outcome))
        },
        fail: (failure) => {
          settle()
          resume(Effect.fail(failure))
        }
      })
      send({ id, query, ...(file && { file }) })
      return Effect.sync(() => {
        send({ cancel: id })
        setTimeout(kill, GRACE).unref()
      })
    })
  }

  #start() {
    const child = fork(this.#entry, [JSON.stringify(this.#beginning)], { stdio: ["ignore", "ignore", "ignore", "ipc"], serialization: "json" })
    let why: string | undefined
    const ready = new Promise<void>((resolve) => {
      child.on("message", (message: FromProcess) => {
        if ("ready" in message) resolve()
        else if ("unavailable" in message) {
          why = message.unavailable
          child.disconnect()
        } else this.#waiting.get(message.id)?.outcome(message.outcome)
      })
    })
    const over = (how: string) => {
      if (this.#child?.process !== child) return
      this.#child = undefined
      const fault = { kind: "process", message: `the process that DuckDB runs in ended (${how}); the next query starts it again`, at: null }
      for (const one of [...this.#waiting.values()]) {
        if (why === undefined) one.outcome({ fault })
        else one.fail(unavailable(why))
      }
    }
    child.on("error", (error) => over(error.message))
    child.on("exit", (code, signal) => over(signal ?? `code ${code}`))
    return { process: child, ready }
  }
}
