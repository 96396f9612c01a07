/** Workers as one job array of Slurm. */
import { spawnSync } from "node:child_process"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { quoted } from "../../workspace/command-to-type.ts"
import { CliFailure, usage } from "../../workspace/failure.ts"
import { span, type WorkerSettings, workerArguments } from "./worker-call.ts"

export interface SlurmSettings extends WorkerSettings {
  /** Node, and this Sediment. */
  readonly program: ReadonlyArray<string>
  readonly workers: number
  /** Slots and processors of each; undefined where an option of sbatch says it. */
  readonly slots: number | undefined
  /** Time limit of the job; undefined where the cluster, or an option of sbatch, says it. */
  readonly wallMs: number | undefined
  /** How long before its end a worker takes nothing new, for what it has begun. */
  readonly graceMs: number
  /** Further options of sbatch. */
  readonly options: ReadonlyArray<string>
}

const two = (n: number): string => String(n).padStart(2, "0")
/** A time limit as sbatch takes it, days-hours:minutes:seconds. */
const timeLimit = (ms: number): string => {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 86_400)}-${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** A value in a line of sbatch, which takes double quotes. */
const inLine = (text: string): string => (/^[\w@%+=:,./~^[\]&|*-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, "\\$&")}"`)

/** Where the workers of an array write: %A is the job, %a the number of the worker. */
const logOf = (cache: string): string => join(cache.replaceAll("%", "%%"), "workers", "slurm-%A_%a.log")

/** The script of the job. The worker takes the place of its shell, so that Slurm's signal comes to it, and to no program that a stage has started. */
export const slurmScript = (settings: SlurmSettings): string => {
  const { cache, graceMs, options, program, slots, wallMs, workers } = settings
  const lines = [
    "--job-name=sediment-worker",
    `--array=1-${workers}`,
    ...(slots === undefined ? [] : [`--cpus-per-task=${slots}`]),
    ...(wallMs === undefined ? [] : [`--time=${timeLimit(wallMs)}`]),
    `--signal=B:TERM@${Math.ceil(graceMs / 1000)}`,
    "--requeue",
    "--open-mode=append",
    `--output=${inLine(logOf(cache))}`,
    "--export=ALL",
    ...options.map(inLine)
  ]
  const wall = wallMs === undefined ? [] : ["--wall-time", span(wallMs - graceMs)]
  return `#!/bin/bash
# Workers of Sediment. Before sbatch, set SEDIMENT_QUEUE, and SEDIMENT_REMOTE_TOKEN where the shared store wants one; and mkdir -p
# ${quoted(join(cache, "workers"))}, since Slurm makes no folder for what the workers write.
${lines.map((line) => `#SBATCH ${line}\n`).join("")}: "\${SEDIMENT_QUEUE:?is the address of the queue: set it before sbatch}"
exec ${[...program, ...workerArguments(settings), ...wall].map(quoted).join(" ")} --slots "\${SLURM_CPUS_PER_TASK:-1}"
`
}

/** Submits it; gives the number of the job. */
export const submitToSlurm = (settings: SlurmSettings, environment: Readonly<Record<string, string>>): Effect.Effect<string, CliFailure> =>
  Effect.suspend(() => {
    // Slurm makes no folder for what a job writes: it would fail without a word.
    mkdirSync(join(settings.cache, "workers"), { recursive: true })
    const { error, status, stderr, stdout } = spawnSync("sbatch", ["--parsable"], {
      input: slurmScript(settings),
      encoding: "utf8",
      env: { ...process.env, ...environment }
    })
    if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOENT")
      return Effect.fail(
        usage(
          "sbatch",
          "there is no sbatch here: do this on a machine of the cluster from which jobs are submitted, or with --print > FILE, and sbatch FILE there"
        )
      )
    if (error !== undefined || status !== 0) {
      const said = (error?.message ?? stderr.trim()) || `it ended with code ${status}`
      return Effect.fail(new CliFailure({ exitCode: 1, errors: [{ code: "sbatch", message: `Slurm did not take the job: ${said}` }] }))
    }
    return Effect.succeed(stdout.trim().split(";")[0]!)
  })
