import { basename, extname } from "node:path"
import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { didYouMean } from "../dag/near-matches.ts"
import { diffRuns, type Side, type StudyDiff, stateAt } from "../engine/diff/diff-runs.ts"
import { type Compared, lastChange, sinceItsBase } from "../engine/diff/last-change.ts"
import type { Installation } from "../engine/study.ts"
import { noun } from "../engine/wording.ts"
import { renderedFormats } from "../render/render.ts"
import { RunHistory, type RunRecord } from "../store/runs.ts"
import { TraceIndex } from "../store/traces.ts"
import { toType } from "../workspace/command-to-type.ts"
import { type CliError, CliFailure, refused, usage } from "../workspace/failure.ts"
import { historyFlags, openHistory, runsOf } from "../workspace/history.ts"
import { findAllNodes } from "../workspace/node-reference.ts"
import { outcomeInWords } from "../workspace/outcome.ts"
import { findRun, type NamedRuns, namesOf, namesRun, noRun } from "../workspace/run-reference.ts"
import { styleFor } from "../workspace/style.ts"
import { sharedFlags } from "../workspace/workspace.ts"
import { branchesAsked, branchesCompared } from "./diff/branches-compared.ts"
import { editFigure } from "./diff/edit-figure.ts"
import { diffText } from "./diff/text.ts"
import { printDocument } from "./document.ts"
import { tellWritten } from "./output-file.ts"
import { writePart } from "./part-file.ts"

/** The runs that the first arguments name, two at most; what follows are nodes. What stands before a run is meant for one. */
const splitArguments = (given: ReadonlyArray<string>, named: NamedRuns) => {
  const count = given.slice(0, 2).findLastIndex((one) => namesRun(one, named)) + 1
  return { runs: given.slice(0, count), nodes: given.slice(count) }
}

const comparable = (before: Side, after: Side, isAsked: (study: string) => boolean): ReadonlyArray<Compared> =>
  before.run.studies.flatMap(({ study }) => (isAsked(study) && after.run.studies.some((one) => one.study === study) ? [{ study, before, after }] : []))

/** Runs that are passed over, by name. */
const TOLD = 3

const NOTHING_CHANGED = "no run that came out well changed what an earlier such run had made: there is nothing to compare"

/** What is compared: what the arguments name, or, of the runs that came out well, the newest that changed something and the one before it. */
const sidesOf = (history: RunHistory["Service"], named: NamedRuns, given: ReadonlyArray<string>, isAsked: (study: string) => boolean) =>
  Effect.gen(function* () {
    const [first, second] = yield* Effect.forEach(given, (reference) => findRun(reference, named))
    if (first === undefined) {
      const found = lastChange(history, named.runs, isAsked)
      if (found.length > 0) return { compared: found, passedOver: [...new Set(found.flatMap(({ passedOver }) => passedOver))] }
      return yield* usage("nothing-to-compare", named.runs.length === 0 ? noRun() : NOTHING_CHANGED)
    }
    const after = second ?? named.runs[0]!
    if (second === undefined && after.run === first.run) {
      const alone = sinceItsBase(history, first, isAsked)
      if (alone.length > 0) return { compared: alone, passedOver: [] }
    }
    const found = comparable({ run: first }, { run: after }, isAsked)
    return found.length > 0
      ? { compared: found, passedOver: [] }
      : yield* usage("no-study-in-common", `runs ${first.run} and ${after.run} are not of one study: there is nothing to compare`)
  })

/** The compared studies with the nodes that they had on either side. */
const nodesOf = (history: RunHistory["Service"], compared: ReadonlyArray<Compared>) =>
  compared.map(({ after, before, study }) => {
    const outputs = new Map<string, Record<string, string>>()
    for (const side of [before, after])
      for (const [name, { record }] of stateAt(history, study, side).nodes)
        outputs.set(name, { ...outputs.get(name), ...Object.fromEntries(Object.keys(record().artifacts).map((output) => [output, ""])) })
    return { graph: { study, nodes: [...outputs].map(([name, of]) => ({ name, outputs: of })) } }
  })

/** Writes the figure of an edit. */
const drawEdit = (diffs: ReadonlyArray<StudyDiff>, file: string, { all, json }: { readonly all: boolean; readonly json: boolean }) =>
  Effect.gen(function* () {
    const extension = extname(file).toLowerCase()
    const endings = Object.keys(renderedFormats.Figure!)
    if (!endings.includes(extension)) return yield* usage("format", `cannot write ${file}: its name must end in ${endings.join(", ")}`)
    if (diffs.length !== 1) return yield* usage("study", `diff draws one study, and these are ${diffs.length}: give one --study`)
    const table = editFigure(diffs[0]!, all)
    if (table === undefined) return yield* usage("nothing-to-draw", "no estimate that both runs have moved: there is nothing to draw")
    const part = { type: "Figure", table, name: basename(file, extname(file)) }
    const { written } = yield* writePart(part, file)
    if (!json) tellWritten(written)
  })

/** `sediment diff [A] [B] [NODE…]`: how the results of two runs differ, and from which edits. */
export const diff = (installation: Installation) =>
  Command.make(
    "diff",
    {
      ...historyFlags,
      with: sharedFlags.with.pipe(
        Flag.withDescription("NAME=FILE, twice or more for one NAME: compares the branches that these files make, the first with each other")
      ),
      indicators: sharedFlags.indicators.pipe(Flag.withDescription("short for --with indicators=FILE: twice or more")),
      set: sharedFlags.set.pipe(Flag.withDescription("compares the study with its branch in which this parameter of a node is another")),
      as: sharedFlags.as.pipe(Flag.withDescription("compares the study with its branch of this name, which --set, --with or --indicators make")),
      arguments: Argument.String("A B NODE").pipe(
        Argument.withDescription(
          "two runs (name, part of it, tag, latest, latest~1), the earlier first; one is compared with the latest; without any, of the runs that came out well, the newest that changed something with the one before it. Then nodes: these and what they rest on, with the whole chain from the edit"
        ),
        Argument.variadic()
      ),
      output: Flag.String("output").pipe(
        Flag.withAlias("o"),
        Flag.withMetavar("FILE"),
        Flag.withDescription(`draw what the edit moved, estimates before and after with their intervals: ${Object.keys(renderedFormats.Figure!).join(", ")}`),
        Flag.withDefault("")
      ),
      all: Flag.Boolean("all").pipe(Flag.withDescription("tell everything, however much it is"), Flag.withDefault(false))
    },
    Effect.fn(function* (flags) {
      const groups =
        flags.with.length + flags.indicators.length + flags.set.length === 0 && flags.as === "" ? undefined : yield* branchesAsked(flags, installation)
      const { isAsked, store } = yield* openHistory(flags, installation)
      yield* Effect.gen(function* () {
        const history = yield* RunHistory
        const traces = yield* TraceIndex
        const named = runsOf(history, isAsked)
        const given = groups === undefined ? splitArguments(flags.arguments, named) : { runs: [], nodes: [...flags.arguments] }
        const { compared, passedOver } =
          groups === undefined ? yield* sidesOf(history, named, given.runs, isAsked) : { compared: yield* branchesCompared(history, groups), passedOver: [] }
        const nodes = given.nodes.length === 0 ? [] : nodesOf(history, compared)
        const targets = yield* findAllNodes(nodes, given.nodes).pipe(Effect.mapError(orRun(given, named, nodes)))
        const diffs = yield* Effect.forEach(
          compared.filter(({ study }) => targets.length === 0 || targets.some((one) => one.study.graph.study === study)),
          ({ after, before, study }) =>
            diffRuns(
              history,
              traces,
              study,
              before,
              after,
              targets.flatMap((one) => (one.study.graph.study === study ? [one.node.name] : []))
            )
        ).pipe(Effect.mapError(refused))
        if (flags.output !== "") yield* drawEdit(diffs, flags.output, flags)
        if (flags.json) return printDocument({ studies: diffs.map((one) => documentOf(one, named.tags)), passedOver: passedOver.map(({ run }) => run) })
        if (flags.output !== "") return
        const text = diffs.map((one) => diffText(one, { all: flags.all, tags: named.tags, style: styleFor(process.stdout), width: process.stdout.columns }))
        process.stdout.write(text.join("\n"))
        if (passedOver.length > 0) process.stderr.write(`${inWords(compared[0]!, passedOver)}\n`)
        if (given.runs.length === 0 && groups === undefined) for (const one of compared) sayOfVariants(one, named)
      }).pipe(Effect.provide(store))
    })
  ).pipe(Command.withDescription("tell how the results of two runs differ: nodes, columns, rows and estimates, and from which edit each difference comes"))

/** Which runs are not among those that were compared by themselves. */
const inWords = ({ before }: Compared, passedOver: ReadonlyArray<RunRecord>): string => {
  const told = passedOver.slice(0, TOLD).map((run) => `${run.run} (${outcomeInWords(run)})`)
  const more = passedOver.length > told.length ? ` and ${passedOver.length - told.length} more` : ""
  return `passed over, since ${noun(passedOver.length, "it", "they")} did not come out well: ${told.join(", ")}${more}; what ${noun(passedOver.length, "it", "the newest")} made: ${toType("diff", before.run.run, passedOver[0]!.run)}`
}

/** Where the run before put other data files in place, tells which one did not. */
const sayOfVariants = ({ after, before, study }: Compared, { runs }: NamedRuns): void => {
  const variantOf = ({ studies }: RunRecord) => studies.find((one) => one.study === study)?.variant
  if (variantOf(before.run) === variantOf(after.run)) return
  const like = runs.find((run) => run.ok === true && run.at < after.run.at && variantOf(run) === variantOf(after.run))
  if (like !== undefined)
    process.stderr.write(`these two runs had different data files; with the last one before that had the same: ${toType("diff", like.run, after.run.run)}\n`)
}

const isAbout = ({ where }: CliError, argument: string): boolean => (where as { readonly argument?: string } | undefined)?.argument === argument

/** What is neither a run nor a node may have been meant for either. */
const orRun = (given: ReturnType<typeof splitArguments>, named: NamedRuns, nodes: ReturnType<typeof nodesOf>) => (failure: CliFailure) =>
  given.runs.length === 2
    ? failure
    : new CliFailure({
        exitCode: 2,
        errors: failure.errors.map((error) => {
          const mistyped = given.nodes.slice(0, 2 - given.runs.length).find((one) => isAbout(error, one))
          if (error.code !== "unknown-node" || mistyped === undefined) return error
          const candidates = [...namesOf(named), ...nodes.flatMap(({ graph }) => graph.nodes.map(({ name }) => name))]
          return {
            ...error,
            message: `"${mistyped}" names neither a run nor a node; ${didYouMean(mistyped, candidates)}${toType("runs")} and ${toType("status", "--all")} list them`
          }
        })
      })

const documentOf = ({ after, before, edits, nodes, study }: StudyDiff, tags: ReadonlyMap<string, string>) => {
  const side = ({ run, study: branch }: Side) => ({
    run: run.run,
    ...(branch === undefined ? {} : { study: branch }),
    at: run.at,
    command: run.command,
    variant: run.studies.find((one) => one.study === (branch ?? study))?.variant ?? "",
    tag: tags.get(run.run) ?? null
  })
  return { study, from: side(before), to: side(after), edits, nodes }
}
