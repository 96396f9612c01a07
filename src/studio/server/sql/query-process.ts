import { type ChildProcess, fork } from "node:child_process"
import { availableParallelism, totalmem } from "node:os"
import { Effect } from "effect"
import { type CliFailure, usage } from "../../../workspace/failure.ts"
import type { SqlFault, SqlFile, SqlResult } from "../../messages/sql.ts"
import type { FileWanted, FromProcess, Limits, Outcome, ProcessBeginning, Query, ToProcess } from "./protocol.ts"
import { endedFault } from "./query-fault.ts"

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
  readonly message: Exclude<ToProcess, { readonly cancel: number }>
  readonly outcome: (outcome: Outcome) => void
  readonly fail: (failure: CliFailure) => void
  clock: NodeJS.Timeout | undefined
  /** Nobody waits for it any more. */
  left: boolean
}

/** The process that DuckDB runs in: started with the first query, and again after it broke. */
export class QueryProcess {
  readonly #entry: URL
  readonly #beginning: ProcessBeginning
  readonly #grace: number
  readonly #waiting = new Map<number, Waiting>()
  #child: { readonly process: ChildProcess; readonly ready: Promise<void> } | undefined
  #asked = 0

  constructor(entry: URL, beginning: ProcessBeginning, grace = GRACE) {
    this.#entry = entry
    this.#beginning = beginning
    this.#grace = grace
  }

  /** Runs a query; with `file`, writes its result there. An interruption ends the query. */
  run(query: Query): Effect.Effect<SqlResult | SqlFault, CliFailure>
  run(query: Query, file: FileWanted): Effect.Effect<SqlFile | SqlFault, CliFailure>
  run(query: Query, file?: FileWanted): Effect.Effect<Outcome, CliFailure> {
    return Effect.callback((resume) => {
      const id = this.#asked++
      const settled = (effect: Effect.Effect<Outcome, CliFailure>) => {
        clearTimeout(one.clock)
        this.#waiting.delete(id)
        resume(effect)
      }
      const one: Waiting = {
        message: { id, query, ...(file && { file }) },
        outcome: (outcome) => settled(Effect.succeed(outcome)),
        fail: (failure) => settled(Effect.fail(failure)),
        clock: undefined,
        left: false
      }
      this.#waiting.set(id, one)
      this.#begin(id, one)
      return Effect.sync(() => {
        one.left = true
        this.#send({ cancel: id })
        setTimeout(() => this.#endWithProcess(id, "cancelled"), this.#grace).unref()
      })
    })
  }

  #begin(id: number, one: Waiting): void {
    const { milliseconds } = this.#beginning.limits
    clearTimeout(one.clock)
    one.clock = setTimeout(() => this.#endWithProcess(id, "time"), milliseconds + this.#grace)
    this.#send(one.message)
  }

  #send(message: ToProcess): void {
    const { process: child, ready } = (this.#child ??= this.#start())
    void ready.then(() => child.connected && child.send(message))
  }

  /** Ends a query that has not ended when it was told to: only its process can be. Those of others begin again in a new one: they read only, so that is all the same. */
  #endWithProcess(id: number, kind: "time" | "cancelled"): void {
    const query = this.#waiting.get(id)
    if (query === undefined) return
    const child = this.#child?.process
    this.#child = undefined
    child?.kill("SIGKILL")
    query.outcome(endedFault(kind, this.#beginning.limits.milliseconds).told(""))
    for (const [other, one] of [...this.#waiting])
      if (one.left) this.#waiting.delete(other)
      else this.#begin(other, one)
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
