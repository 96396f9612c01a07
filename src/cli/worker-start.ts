import { availableParallelism, userInfo } from "node:os"
import { Effect, Option } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import type { Installation } from "../engine/study.ts"
import { count } from "../engine/wording.ts"
import { span, thisProgram, type WorkerSettings } from "../queue/launch/worker-call.ts"
import { cacheOf, wellFormed } from "../workspace/cache-folder.ts"
import { CliFailure, usage } from "../workspace/failure.ts"
import { remoteFlags, remoteOf } from "../workspace/remote.ts"
import { sharedFlags } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"
import { durationFlag } from "./duration-flag.ts"
import { queueFlag, queueOf, workerCacheFlag } from "./queue-flag.ts"
import { wholeNumber } from "./whole-number.ts"

/** What a worker has for what it has begun, where nothing is said. */
const GRACE_MS = 300_000
/** A worker of Slurm that has nothing to do gives its processors back after this. */
const SLURM_IDLE_MS = 600_000

const PLACES = ["local", "slurm", "systemd", "kubernetes"] as const
type Place = (typeof PLACES)[number]

/** The flags that only some places have. */
const ONLY: Readonly<Record<string, ReadonlyArray<Place>>> = {
  "idle-timeout": ["local", "slurm", "systemd"],
  "wall-time": ["local", "slurm"],
  grace: ["slurm", "systemd", "kubernetes"],
  print: ["slurm"],
  image: ["kubernetes"],
  memory: ["kubernetes"]
}

const flags = {
  queue: queueFlag,
  cache: workerCacheFlag,
  ...remoteFlags,
  local: wholeNumber("local").pipe(Flag.withMetavar("N"), Flag.withDescription("start N workers of this machine in the background"), Flag.optional),
  slurm: wholeNumber("slurm").pipe(Flag.withMetavar("N"), Flag.withDescription("submit a job array of N workers to Slurm"), Flag.optional),
  systemd: Flag.Boolean("systemd").pipe(Flag.withDescription("print a unit of systemd, sediment-worker@.service"), Flag.withDefault(false)),
  kubernetes: wholeNumber("kubernetes").pipe(
    Flag.withMetavar("N"),
    Flag.withDescription("print a manifest for Kubernetes, a Deployment of N workers"),
    Flag.optional
  ),
  slots: wholeNumber("slots").pipe(
    Flag.withAlias("j"),
    Flag.withMetavar("N"),
    Flag.withDescription(
      "tasks that a worker runs at a time (default: the processors of this machine shared out among --local N; what --cpus-per-task says, else 1, for --slurm; 4 for --kubernetes)"
    ),
    Flag.optional
  ),
  idleTimeout: durationFlag("idle-timeout").pipe(
    Flag.withDescription("a worker ends when it had nothing to do for so long (default for --slurm: 10m; else never)"),
    Flag.optional
  ),
  wallTime: durationFlag("wall-time").pipe(
    Flag.withDescription("the time limit of Slurm's job, before the end of which a worker takes nothing new; with --local, it takes nothing new after so long"),
    Flag.optional
  ),
  grace: durationFlag("grace").pipe(
    Flag.withDescription(
      `what a worker has to finish what it has begun before it is killed; what is longer is begun again by another (default: ${span(GRACE_MS)}; for --slurm at the most a tenth of --wall-time)`
    ),
    Flag.optional
  ),
  lease: durationFlag("lease").pipe(
    Flag.withDescription("give the tasks of a worker that is not heard of for so long to another (default: 30s)"),
    Flag.optional
  ),
  print: Flag.Boolean("print").pipe(Flag.withDescription("with --slurm: print the script, and submit nothing"), Flag.withDefault(false)),
  image: Flag.String("image").pipe(
    Flag.withMetavar("IMAGE"),
    Flag.withDescription("with --kubernetes: an image whose entry is the command line of Sediment"),
    Flag.optional
  ),
  memory: Flag.String("memory").pipe(
    Flag.withMetavar("SIZE"),
    Flag.withDescription("with --kubernetes: what a worker may use, as 8Gi (default: 4Gi)"),
    Flag.optional
  ),
  options: Argument.String("sbatch-option").pipe(
    Argument.withDescription("with --slurm, after --: options of sbatch for its script, as -- --partition=long --mem=16G"),
    Argument.variadic()
  ),
  json: sharedFlags.json
}

/** `sediment worker start`: workers where people have machines. */
export const workerStart = (installation: Installation) =>
  Command.make(
    "start",
    flags,
    Effect.fn(function* (given) {
      const places = PLACES.filter((one) => (one === "systemd" ? given.systemd : Option.isSome(given[one])))
      const [place] = places
      if (place === undefined || places.length > 1)
        return yield* usage("worker", "say where the workers are to run, by one of --local N, --slurm N, --systemd and --kubernetes N")
      const is = { ...given, "idle-timeout": given.idleTimeout, "wall-time": given.wallTime } as Readonly<Record<string, unknown>>
      const isGiven = (flag: string): boolean => is[flag] === true || (Option.isOption(is[flag]) && Option.isSome(is[flag]))
      const errors = Object.entries(ONLY).flatMap(([flag, having]) =>
        isGiven(flag) && !having.includes(place) ? [`--${flag} is for ${having.map((one) => `--${one}`).join(", ")}, not for --${place}: leave it out`] : []
      )
      if (given.options.length > 0 && place !== "slurm") errors.push(`${given.options.join(" ")}: options of sbatch are for --slurm: leave them out`)
      const noOption = given.options.filter((one) => !/^-[^\n\r]+$/.test(one))
      if (place === "slurm" && noOption.length > 0)
        errors.push(`${noOption.join(", ")}: not an option of sbatch: write each as one word, as --partition=long, after --`)
      if (place === "kubernetes" && !isGiven("image")) errors.push("--kubernetes wants an image that has Sediment: name it with --image")
      const memory = Option.getOrElse(given.memory, () => "4Gi")
      if (!/^\d+(\.\d+)?([kMGTPE]|[KMGTPE]i)?$/.test(memory))
        errors.push(`--memory is ${JSON.stringify(memory)}: write a quantity of Kubernetes, as 500Mi or 8Gi`)
      const wallMs = Option.getOrUndefined(given.wallTime)
      const graceMs = Option.getOrElse(given.grace, () => (wallMs === undefined ? GRACE_MS : Math.min(GRACE_MS, wallMs / 10)))
      if (place === "slurm" && wallMs !== undefined && graceMs >= wallMs)
        errors.push(`--grace ${span(graceMs)} leaves nothing of --wall-time ${span(wallMs)}: make the one shorter, or the other longer`)
      if (errors.length > 0) return yield* new CliFailure({ exitCode: 2, errors: errors.map((message) => ({ code: "usage", message })) })

      const cache = place === "kubernetes" && given.cache === "" ? "/cache" : cacheOf(given)
      const remote = yield* remoteOf(given)
      const isSecret = remote !== undefined && (remote.url.username !== "" || remote.url.password !== "")
      if (isSecret && (place === "systemd" || place === "kubernetes" || given.print))
        return yield* usage(
          "remote",
          "the address of the shared store has a password, which would be printed: take it out, and give the token in SEDIMENT_REMOTE_TOKEN"
        )
      const settings: WorkerSettings & { readonly program: ReadonlyArray<string>; readonly graceMs: number } = {
        program: thisProgram(installation),
        cache,
        remote: remote === undefined || isSecret ? undefined : { address: remote.url.href.replace(/\/$/, ""), write: remote.write },
        idleMs: Option.getOrElse(given.idleTimeout, () => (place === "slurm" ? SLURM_IDLE_MS : undefined)),
        leaseMs: Option.getOrUndefined(given.lease),
        graceMs
      }
      const slots = Option.getOrUndefined(given.slots)
      const print = (name: string, text: string) => (given.json ? printDocument({ [name]: text }) : void process.stdout.write(text))
      const workers = Option.getOrElse(place === "systemd" ? Option.none<number>() : given[place], () => 1)

      if (place === "systemd") {
        const { systemdUnit } = yield* Effect.promise(() => import("../queue/launch/systemd.ts"))
        return print("unit", systemdUnit({ ...settings, user: userInfo().username, slots: slots ?? availableParallelism() }))
      }
      if (place === "kubernetes") {
        const { kubernetesManifest } = yield* Effect.promise(() => import("../queue/launch/kubernetes.ts"))
        return print("manifest", kubernetesManifest({ ...settings, workers, slots: slots ?? 4, image: Option.getOrThrow(given.image), memory }))
      }
      const { slurmScript, submitToSlurm } = yield* Effect.promise(() => import("../queue/launch/slurm.ts"))
      const job = { ...settings, workers, slots, wallMs, options: given.options }
      if (given.print) return print("script", slurmScript(job))

      const address = yield* queueOf(given)
      const environment = {
        SEDIMENT_QUEUE: address,
        ...(isSecret && { SEDIMENT_REMOTE: remote.url.href, ...(remote.write && { SEDIMENT_REMOTE_WRITE: "1" }) })
      }
      yield* wellFormed(cache)
      if (place === "slurm") {
        const number = yield* submitToSlurm(job, environment)
        if (given.json) printDocument({ job: number, workers })
        else
          process.stderr.write(
            `job ${number} of Slurm: ${count(workers, "worker")}, when there is room; sediment worker list tells which listen, scancel ${number} ends them\n`
          )
        return
      }
      const { connectRedis } = yield* Effect.promise(() => import("../queue/redis.ts"))
      const { startHere } = yield* Effect.promise(() => import("../queue/launch/local.ts"))
      const redis = yield* connectRedis(address)
      const wall = wallMs === undefined ? [] : ["--wall-time", span(wallMs)]
      const begun = yield* startHere(
        { ...settings, workers, slots: slots ?? Math.max(1, Math.floor(availableParallelism() / workers)), wall },
        environment,
        redis
      )
      if (given.json) return printDocument({ workers: begun.map(({ log, presence }) => ({ ...presence, log })) })
      for (const { log, presence } of begun)
        process.stderr.write(`worker ${presence.worker} listens: ${count(presence.slots, "slot")}, ${presence.build}, ${presence.store}; it writes to ${log}\n`)
    }, Effect.scoped)
  ).pipe(Command.withDescription("start workers in the background, on Slurm, under systemd, or on Kubernetes"))
