import { Deferred, Effect, Fiber, Schema, type Scope } from "effect"
import { ownMark } from "../../../store/process-mark.ts"
import { CliFailure, usage } from "../../../workspace/failure.ts"
import { type KeptBranch, keptName } from "../../../workspace/kept-branches.ts"
import type { LiveHead } from "../../../workspace/live/live-line.ts"
import { runInProcess, type WatchedRun } from "../../../workspace/watch/channel.ts"
import type { SharedFlags } from "../../../workspace/workspace.ts"

/** What `sediment run --json` prints, as far as it is asked for here. */
const RunDocument = Schema.fromJsonString(
  Schema.Struct({
    ok: Schema.Boolean,
    run: Schema.optionalKey(Schema.String),
    nodes: Schema.optionalKey(Schema.Array(Schema.Struct({ state: Schema.String }))),
    errors: Schema.optionalKey(
      Schema.Array(
        Schema.Struct({
          code: Schema.String,
          message: Schema.String,
          where: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown))
        })
      )
    )
  })
)

export interface BranchToRun {
  readonly branch: KeptBranch
  /** The dag.ts of its study. */
  readonly file: string
}

export interface RunToStart {
  /** The study that it is of, by its name. */
  readonly study: string
  /** Nodes as the command line names them, `study:node`; none: all that the studies are for. */
  readonly references: ReadonlyArray<string>
  /** Beside those that say what it is about. */
  readonly flags?: ReadonlyArray<string>
  /** What it is about, where that is a branch which was made here: in the place of the flags that the studio was opened with. */
  readonly branch?: BranchToRun
}

export interface StartedRun {
  readonly state: "begun" | "nothing-to-do" | "over"
  readonly run: string
}

interface OwnProcess {
  readonly study: string
  /** Until it is seen which run it is. */
  run: string | undefined
  readonly begun: Deferred.Deferred<string>
}

/** The flags of a call, each with its value in one piece, so that no value is taken for a flag. */
const typed = (flags: SharedFlags): ReadonlyArray<string> => [
  ...flags.study.map((file) => `--study=${file}`),
  ...(flags.cache === "" ? [] : [`--cache=${flags.cache}`]),
  ...flags.with.map((one) => `--with=${one}`),
  ...flags.indicators.map((one) => `--indicators=${one}`),
  ...flags.set.map((one) => `--set=${one}`),
  ...(flags.as === "" ? [] : [`--as=${flags.as}`])
]

const typedOf = ({ branch, file }: BranchToRun, { cache }: SharedFlags): ReadonlyArray<string> => [
  `--study=${file}`,
  ...branch.with.map((one) => `--with=${one}`),
  ...branch.set.map((one) => `--set=${one}`),
  `--as=${keptName(branch).slice(keptName(branch).indexOf("@") + 1)}`,
  ...(cache === "" ? [] : [`--cache=${cache}`])
]

/** How a run ended that was over before anybody saw it begin. */
const outcomeOf = ({ code, err, out, signal }: WatchedRun): Effect.Effect<StartedRun, CliFailure> =>
  Effect.gen(function* () {
    const document = yield* Effect.option(Schema.decodeUnknownEffect(RunDocument)(out))
    const { errors, nodes = [], run = "" } = document._tag === "Some" ? document.value : {}
    if (errors !== undefined) return yield* new CliFailure({ exitCode: 2, errors })
    if (document._tag === "None")
      return yield* usage("run", `the run ended ${signal === null ? `with exit code ${code}` : `by ${signal}`}, and said: ${err.trim() || "nothing"}`)
    return { state: nodes.every(({ state }) => state === "fresh") ? "nothing-to-do" : "over", run }
  })

/** The runs that this studio has started, each a process of its own. They end with the studio, as by Ctrl-C. */
export class StartedRuns {
  readonly #cli: URL
  readonly #flags: SharedFlags
  readonly #scope: Scope.Scope
  readonly #place = ownMark()?.place
  readonly #processes = new Map<number, OwnProcess>()

  private constructor(cli: URL, flags: SharedFlags, scope: Scope.Scope) {
    this.#cli = cli
    this.#flags = flags
    this.#scope = scope
  }

  static readonly make = (cli: URL, flags: SharedFlags): Effect.Effect<StartedRuns, never, Scope.Scope> =>
    Effect.map(Effect.scope, (scope) => new StartedRuns(cli, flags, scope))

  /** Takes note of a run that is seen to go on; gives whether it is one of these. */
  begins({ pid, process, run }: LiveHead): boolean {
    const own = this.#processes.get(pid)
    if (own === undefined || process?.place !== this.#place) return false
    own.run = run
    Deferred.doneUnsafe(own.begun, Effect.succeed(run))
    return true
  }

  /** Whether one of a study was started that has not begun yet. */
  isStarting(study: string): boolean {
    return [...this.#processes.values()].some((own) => own.study === study && own.run === undefined)
  }

  /** Starts a run, and waits until it is seen to go on, or is over. Fails with what is wrong with the study, or with what was asked for. */
  start({ branch, flags = [], references, study }: RunToStart): Effect.Effect<StartedRun, CliFailure> {
    return Effect.gen({ self: this }, function* () {
      const begun = yield* Deferred.make<string>()
      const started = (pid: number) => this.#processes.set(pid, { study, run: undefined, begun })
      const args = [
        "run",
        "--json",
        ...(branch === undefined ? typed(this.#flags) : typedOf(branch, this.#flags)),
        ...flags,
        ...(references.length === 0 ? [] : ["--", ...references])
      ]
      const ended = yield* Effect.forkIn(
        runInProcess(this.#cli, args, { output: "kept", started }).pipe(
          Effect.ensuring(
            Effect.sync(() => {
              for (const [pid, own] of this.#processes) if (own.begun === begun) this.#processes.delete(pid)
            })
          )
        ),
        this.#scope
      )
      const first = yield* Effect.raceFirst(Deferred.await(begun), Fiber.join(ended))
      return typeof first === "string" ? { state: "begun" as const, run: first } : yield* outcomeOf(first)
    })
  }
}
