import { Effect } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import type { Installation } from "../engine/study.ts"
import { count, duration, moment } from "../engine/wording.ts"
import { gridLines } from "../render/table/grid.ts"
import { RunHistory, type RunRecord } from "../store/runs.ts"
import { refused, usage } from "../workspace/failure.ts"
import { historyFlags, openHistory, runsOf } from "../workspace/history.ts"
import { outcomeInWords, outcomeOf } from "../workspace/outcome.ts"
import { findRun, noRun } from "../workspace/run-reference.ts"
import { mayBeTag, nameRun, TAG_IN_WORDS } from "../workspace/run-tag.ts"
import { styleFor } from "../workspace/style.ts"
import { printDocument } from "./document.ts"
import { wholeNumber } from "./whole-number.ts"

const nodesIn = ({ shared = 0, states = {} }: RunRecord): string =>
  Object.entries({
    ran: states.ran ?? 0,
    "from the shared store": shared,
    fresh: (states.fresh ?? 0) - shared,
    failed: states.failed ?? 0,
    blocked: states.blocked ?? 0,
    skipped: states.skipped ?? 0,
    cancelled: states.cancelled ?? 0
  })
    .filter(([, n]) => n > 0)
    .map(([state, n]) => `${n} ${state}`)
    .join(", ")

const variantsOf = (run: RunRecord): ReadonlyArray<string> => run.studies.flatMap(({ variant }) => (variant === "" ? [] : [variant]))

/** A run as `--json` prints it; null where it has not said so, or where there is none. */
const documentOf = (run: RunRecord, tag: string | undefined) => {
  const { at, command, ms = null, ok = null, run: name, shared, states = {}, studies } = run
  return {
    run: name,
    at,
    command,
    outcome: outcomeOf(run),
    ok,
    ms,
    states,
    ...(shared !== undefined && { shared }),
    tag: tag ?? null,
    studies: studies.map(({ base = null, cancelled = [], gone, looked = null, nodes, study, variant }) => ({
      study,
      variant,
      nodes,
      looked,
      base,
      gone,
      cancelled
    }))
  }
}

/** `RUN=NAME`, taken apart at the last "=": the name of a run has none. */
const decodeTag = (text: string) => {
  const match = /^([^=]+)=(.*)$/s.exec(text)
  return match === null || !mayBeTag(match[2]!)
    ? usage("tag", `--tag takes RUN=NAME, the name ${TAG_IN_WORDS}; this is "${text}"`)
    : { reference: match[1]!, name: match[2]! }
}

/** `sediment runs`: what was run, newest first; gives a run a name, or takes it away. */
export const runs = (installation: Installation) =>
  Command.make(
    "runs",
    {
      ...historyFlags,
      limit: wholeNumber("limit").pipe(Flag.withMetavar("N"), Flag.withDescription("how many to tell (default: 20; with --json: all)"), Flag.optional),
      tag: Flag.String("tag").pipe(Flag.withMetavar("RUN=NAME"), Flag.withDescription("give a run a name, which keeps it from gc"), Flag.withDefault("")),
      untag: Flag.String("untag").pipe(Flag.withMetavar("RUN"), Flag.withDescription("take a run's name away"), Flag.withDefault(""))
    },
    Effect.fn(function* (flags) {
      const { isAsked, store } = yield* openHistory(flags, installation)
      yield* Effect.gen(function* () {
        const history = yield* RunHistory
        const found = runsOf(history, isAsked)
        const done: Array<string> = []
        if (flags.untag !== "") {
          const { run } = yield* findRun(flags.untag, found)
          const name = found.tags.get(run)
          if (name === undefined) return yield* usage("untagged", `run ${run} has no name to take away`, { argument: flags.untag })
          yield* nameRun(history, run, undefined)
          done.push(`run ${run} is no longer called ${name}`)
        }
        if (flags.tag !== "") {
          const decoded = decodeTag(flags.tag)
          if ("_tag" in decoded) return yield* decoded
          const { run } = yield* findRun(decoded.reference, found)
          yield* nameRun(history, run, decoded.name)
          done.push(`run ${run} is called ${decoded.name} from now on; gc keeps it`)
        }
        if (done.length > 0) {
          yield* history.commit.pipe(Effect.mapError(refused))
          if (!flags.json) return process.stderr.write(`${done.join("\n")}\n`)
        }
        const tags = history.tags()
        const limit = flags.limit._tag === "Some" ? flags.limit.value : flags.json ? found.runs.length : 20
        const shown = found.runs.slice(0, limit)
        if (flags.json)
          return printDocument({
            runs: shown.map((run) => documentOf(run, tags.get(run.run))),
            more: found.runs.length - shown.length
          })
        if (shown.length === 0) return process.stderr.write(`${noRun()}\n`)
        const style = styleFor(process.stdout)
        const column = (header: string, cell: (run: RunRecord) => string, least?: number) => ({
          header,
          align: "left" as const,
          cells: shown.map(cell),
          ...(least === undefined ? {} : { least })
        })
        const lines = gridLines(
          [
            column("run", ({ run }) => run),
            column("when", ({ at }) => moment(at)),
            column("", outcomeInWords),
            column("took", ({ ms }) => (ms === undefined ? "" : duration(ms))),
            column("nodes", nodesIn),
            ...(shown.some(({ run }) => tags.has(run)) ? [column("tag", ({ run }) => tags.get(run) ?? "")] : []),
            ...(shown.some((run) => variantsOf(run).length > 0) ? [column("with", (run) => variantsOf(run).join(" "))] : []),
            column("command", ({ command }) => command.join(" "), 16)
          ],
          Math.max(process.stdout.columns || 160, 100),
          1,
          (text) => style("dim", text)
        )
        process.stdout.write(`${lines.join("\n")}\n`)
        if (found.runs.length > shown.length)
          process.stdout.write(`and ${count(found.runs.length - shown.length, "earlier run")}: --limit ${found.runs.length}\n`)
      }).pipe(Effect.provide(store))
    })
  ).pipe(Command.withDescription("tell what was run, newest first; --tag gives a run a name, which keeps it from gc"))
