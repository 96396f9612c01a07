import { Effect, type Layer } from "effect"
import * as Flag from "effect/cli/Flag"
import { Executor } from "../engine/executor.ts"
import type { Installation } from "../engine/study.ts"
import { storeName } from "../queue/store-name.ts"
import type { ObjectStore } from "../store/objects.ts"
import { program, quoted } from "../workspace/command-to-type.ts"
import { type CliFailure, usage } from "../workspace/failure.ts"
import type { RemotePlace } from "../workspace/remote.ts"

export const executorFlag = Flag.String("executor").pipe(
  Flag.withMetavar("URL"),
  Flag.withDescription(
    "submit what is to run to the workers that listen to this queue, redis://HOST:PORT (default: SEDIMENT_EXECUTOR, else threads of this process)"
  ),
  Flag.withDefault("")
)

interface ExecutorOptions {
  readonly jobs: number
  readonly keepFolders?: boolean
  /** What --executor says: the address of a queue, or nothing. */
  readonly executor: string
  readonly cache: string
  readonly remote: RemotePlace | undefined
  readonly installation: Installation
  readonly tell: (sentence: string) => void
}

/** What runs the stages: threads of this process, and workers where a queue is named. */
export const executorOf = ({
  cache,
  executor,
  installation,
  jobs,
  keepFolders = false,
  remote,
  tell
}: ExecutorOptions): Effect.Effect<Layer.Layer<Executor, CliFailure, ObjectStore>, CliFailure> =>
  Effect.gen(function* () {
    const threads = Executor.threads(jobs, installation.worker, keepFolders ? "kept on failure" : "removed")
    const address = executor || process.env["SEDIMENT_EXECUTOR"] || "threads"
    if (address === "threads") return threads
    if (!/^rediss?:/.test(address))
      return yield* usage("executor", `${executor === "" ? "SEDIMENT_EXECUTOR" : "--executor"} is no address of a queue: write redis://HOST:PORT, or threads`)
    const { withQueue } = yield* Effect.promise(() => import("../queue/elsewhere.ts"))
    const store = yield* storeName(cache, remote)
    const where = remote?.write ? ["--remote", `${remote.url.origin}${remote.url.pathname}`, "--remote-write"] : ["--cache", cache]
    // A password is not to be typed: everybody sees command lines.
    const hasPassword = URL.parse(address)?.password !== ""
    const worker = [program(), "worker", ...(hasPassword ? [] : ["--queue", quoted(address)]), ...where.map(quoted)].join(" ")
    return withQueue(threads, {
      address,
      installation,
      store,
      tell,
      toStart: hasPassword ? `${worker}, with the address of this run in SEDIMENT_QUEUE` : worker
    })
  })
