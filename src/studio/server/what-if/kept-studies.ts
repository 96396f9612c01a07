import { existsSync, readFileSync } from "node:fs"
import { basename } from "node:path"
import { Effect } from "effect"
import type { Json } from "../../../dag/stage.ts"
import { compareStates } from "../../../engine/diff/compare-states.ts"
import type { Study } from "../../../engine/study.ts"
import type { DataFile } from "../../../engine/study-places.ts"
import { RunHistory } from "../../../store/runs.ts"
import { isDraft, type KeptBranch, keptBranches, keptName } from "../../../workspace/kept-branches.ts"
import { outcomeInWords } from "../../../workspace/outcome.ts"
import type { KeptStudy } from "../../messages/what-if.ts"
import { Studies } from "../studies.ts"
import { newestSide } from "./compare-branch.ts"
import { dataDifferences } from "./data-differences.ts"
import { planOf } from "./draft-plan.ts"
import { placesOf, readDataText } from "./opened-study.ts"

/** What was counted of two runs that are over. */
const counted = new Map<string, number>()

/** How many nodes two studies have made differently, by the artifacts alone. */
const differingNodes = (base: string, branch: string) =>
  Effect.gen(function* () {
    const history = yield* RunHistory
    const [before, after] = [yield* newestSide(base), yield* newestSide(branch)]
    if (before === undefined || after === undefined) return 0
    const over = before.run.ok !== undefined && after.run.ok !== undefined
    const key = JSON.stringify([before.run.run, base, after.run.run, branch])
    const known = over ? counted.get(key) : undefined
    if (known !== undefined) return known
    const states = [history.stateOf(base, before.run.run), history.stateOf(branch, after.run.run)] as const
    const differences = compareStates(...states, { partsOf: () => undefined, summary: () => undefined })
    const found = differences.filter(({ change }) => change !== "same").length
    if (over) counted.set(key, found)
    return found
  })

/** What an edited data file has otherwise than the study's own, in short. */
const editsOf = (data: DataFile | undefined, name: string, path: string): ReadonlyArray<string> => {
  if (data === undefined || !existsSync(path)) return [`${name}: an edited file`]
  const [was, is] = [data.file, path].map((file) => readDataText(data, file, readFileSync(file, "utf8")).value as Json)
  return dataDifferences(was, is).map(({ after, path: at }) => `${name}.${at}${after === undefined ? " left out" : `=${inShort(after)}`}`)
}
const inShort = (value: Json): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}

const settingsOf = ({ set, with: files }: KeptBranch, cache: string, dataFiles: ReadonlyArray<DataFile>): ReadonlyArray<string> => [
  ...set,
  ...files.flatMap((text) => {
    const [, name = "", path = ""] = /^([^=]+)=(.*)$/s.exec(text) ?? []
    return isDraft(cache, path)
      ? editsOf(
          dataFiles.find((one) => one.name === name),
          name,
          path
        )
      : [`${name}: ${basename(path)}`]
  })
]

/** The branches of a study that were made in the studio, the newest first, with what became of each. */
export const keptStudies = (base: Study) =>
  Effect.gen(function* () {
    const { cache, workspace } = yield* Studies
    const { lost, studies } = yield* workspace
    const history = yield* RunHistory
    const { dataFiles } = yield* placesOf(base)
    const own = keptBranches(cache).filter(({ study }) => study === base.graph.study)
    return yield* Effect.forEach(own.toReversed(), (branch) =>
      Effect.gen(function* () {
        const name = keptName(branch)
        const study = studies.find(({ graph }) => graph.study === name)
        const run = history.runs().find((one) => one.studies.some((its) => its.study === name))
        return {
          study: name,
          name: branch.name,
          at: branch.at,
          settings: settingsOf(branch, cache, dataFiles),
          faults: (lost.get(name) ?? []).map(({ message }) => message),
          run: run === undefined ? null : { run: run.run, at: run.at, outcome: outcomeInWords(run) },
          due: study === undefined ? 0 : (yield* planOf(study)).nodes.length,
          differing: yield* differingNodes(base.graph.study, name)
        } satisfies KeptStudy
      })
    )
  })
