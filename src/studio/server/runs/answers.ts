/** What is asked of runs, answered where they are followed and started. */
import { Effect } from "effect"
import { isAlive } from "../../../store/process-mark.ts"
import { CliFailure, usage } from "../../../workspace/failure.ts"
import { keptBranches, keptName } from "../../../workspace/kept-branches.ts"
import { readReply } from "../../messages/question.ts"
import { type Answer, questions } from "../../messages/questions.ts"
import type { runsQuestions } from "../../messages/runs.ts"
import type { Announcements } from "../live/announcements.ts"
import type { LiveRuns } from "../live/live-runs.ts"
import type { Thread } from "../thread.ts"
import type { StartedRuns } from "./started-runs.ts"

type Runs = typeof runsQuestions
type Here = { readonly [Name in keyof Runs]: (asked: Runs[Name]["asks"]["Type"]) => Effect.Effect<Runs[Name]["answer"]["Type"], CliFailure> }

/** Asks a thread what the page could ask it too. */
const askThread = <Name extends "studies" | "dry-run">(thread: Thread, name: Name, asked: unknown): Effect.Effect<Answer<Name>, CliFailure> =>
  Effect.gen(function* () {
    const reply = readReply(questions[name], (yield* thread.ask(name, JSON.stringify(asked))).body)
    if ("answer" in reply) return reply.answer as Answer<Name>
    return yield* new CliFailure({ exitCode: 2, errors: reply.errors.map(({ code, message }) => ({ code, message })) })
  })

const timeOf = (at: number): string => new Date(at).toTimeString().slice(0, 8)

export interface RunsKnown {
  readonly live: LiveRuns
  readonly started: StartedRuns
  readonly pages: Announcements
  /** The thread that knows the studies. */
  readonly thread: Thread
  readonly cache: string
}

export const runsAnswers = ({ cache, live, pages, started, thread }: RunsKnown): Here => {
  /** Runs that were interrupted: a second time would be a second Ctrl-C, which does not wait for a clean end. */
  const interrupted = new Set<string>()
  return {
    underway: () =>
      Effect.sync(() => {
        live.look()
        // What is told from here on is not in the answer, and nothing else.
        return { now: Date.now(), told: pages.flush(), runs: live.underway }
      }),
    run: ({ jobs, keepGoing = true, nodes, study }) =>
      Effect.gen(function* () {
        // It may have been saved a moment ago.
        yield* thread.look
        const { studies } = yield* askThread(thread, "studies", {})
        if (!studies.some((one) => one.study === study))
          return yield* usage("unknown-study", `there is no study "${study}"; there are: ${studies.map((one) => one.study).join(", ")}`)
        const kept = keptBranches(cache)
        const branch = kept.find((one) => keptName(one) === study)
        const opened = studies.filter((one) => kept.every((own) => keptName(own) !== one.study))
        // Of several studies one alone is run by the names of what it is for.
        const targets =
          nodes.length === 0 && branch === undefined && opened.length > 1 ? (yield* askThread(thread, "dry-run", { study, nodes })).targets : nodes
        const other = live.underway.find((one) => one.studies.includes(study))
        if (other !== undefined || started.isStarting(study))
          return yield* usage(
            "underway",
            other === undefined
              ? `a run of ${study} is being started just now`
              : `a run of ${study} goes on since ${timeOf(other.at)}, started ${other.fromHere ? "here" : `elsewhere (${other.command.join(" ")})`}: wait for its end, or cancel it`
          )
        return yield* started.start({
          study,
          ...(branch === undefined ? {} : { branch: { branch, file: studies.find((one) => one.study === branch.study)?.file ?? "dag.ts" } }),
          references: targets.map((node) => `${study}:${node}`),
          flags: [...(keepGoing ? [] : ["--no-keep-going"]), ...(jobs === undefined ? [] : ["--jobs", String(jobs)])]
        })
      }),
    cancel: ({ how, run }) =>
      Effect.gen(function* () {
        const followed = live.find(run)
        const goesOn = live.underway.find((one) => one.run === run)
        if (followed?.head === undefined || goesOn === undefined)
          return yield* usage("over", `there is no run ${run} that goes on: it is over, and the history has what became of it`)
        // Where it is not known when a process started, another may have its number by now.
        if (!goesOn.fromHere && (followed.process === undefined || followed.process.started === "" || isAlive(followed.process) !== true))
          return yield* usage("elsewhere", `which process the run ${run} is cannot be told from here: end it where it was started, with Ctrl-C`)
        if (how === "interrupt" && interrupted.has(run)) return {}
        const pid = goesOn.fromHere ? followed.head.pid : followed.process!.pid
        return yield* Effect.try({
          try: () => {
            process.kill(pid, how === "kill" ? "SIGKILL" : "SIGINT")
            interrupted.add(run)
            return {}
          },
          catch: (cause) =>
            (cause as NodeJS.ErrnoException).code === "EPERM"
              ? usage("not-permitted", `the run ${run} belongs to another user: only they can end it`)
              : usage("over", `the run ${run} has just ended`)
        })
      })
  }
}
