import { readFileSync } from "node:fs"
import { relative } from "node:path"
import { Effect, type Schema } from "effect"
import { writeParamEdit } from "../../../dag/param-edits.ts"
import type { Json } from "../../../dag/stage.ts"
import { neededFor } from "../../../engine/plan.ts"
import { quoted } from "../../../workspace/command-to-type.ts"
import { isDraft } from "../../../workspace/draft-files.ts"
import { usage } from "../../../workspace/failure.ts"
import { forgetBranch, keptBranches, keptName, unreadBranches } from "../../../workspace/kept-branches.ts"
import type { whatIfQuestions } from "../../messages/what-if.ts"
import type { AnswersTo } from "../answer.ts"
import { Studies } from "../studies.ts"
import { compareBranch } from "../what-if/compare-branch.ts"
import { draftOfBranch } from "../what-if/draft-of-branch.ts"
import { draftedStudy, planOf } from "../what-if/draft-plan.ts"
import { estimatesOf } from "../what-if/estimates.ts"
import { formOfSchema } from "../what-if/form-of-schema.ts"
import { keepDraft } from "../what-if/keep-branch.ts"
import { keptStudies } from "../what-if/kept-studies.ts"
import { baseOf, dataFileOf, nodeWithStage, offeredFiles, placesOf, readDataText, shownPath } from "../what-if/opened-study.ts"
import { withComments } from "../what-if/param-comments.ts"
import { defaultsOf } from "../what-if/param-defaults.ts"
import { patchOf } from "../what-if/patch.ts"
import { proposedName } from "../what-if/proposed-name.ts"
import { type ReadDraft, readDraft, refuseFaults } from "../what-if/read-draft.ts"

const shownHere = (path: string): string => relative(process.cwd(), path) || path

/** The branch as a call makes it. */
const flagsOf = (file: string, { edits, replaced }: ReadDraft, name: string): ReadonlyArray<string> => [
  ...(file === "dag.ts" ? [] : ["--study", file]),
  ...[...replaced].flatMap(([data, path]) => ["--with", `${data}=${shownHere(path)}`]),
  ...edits.flatMap((edit) => ["--set", writeParamEdit(edit)]),
  "--as",
  name
]

/** What is wrong with the graph that a draft makes is told of none of its fields. */
const draftFaults = (faults: ReadonlyArray<{ readonly message: string }>) => faults.map(({ message }) => ({ of: "", isData: false, path: "", message }))

export const whatIfAnswers: AnswersTo<typeof whatIfQuestions> = {
  "what-if": ({ study: name }) =>
    Effect.gen(function* () {
      const { base } = yield* baseOf(name)
      const { dataFiles } = yield* placesOf(base)
      const nodes = neededFor(base, base.graph.targets).map(({ name, params, stage }) => ({ node: name, stage, parameters: Object.keys(JSON.parse(params)) }))
      return { base: base.graph.study, nodes, data: dataFiles.map((data) => ({ name: data.name, file: shownPath(base, data.file) })) }
    }),
  "what-if-node": ({ node: asked, study: name }) =>
    Effect.gen(function* () {
      const { base } = yield* baseOf(name)
      const { node, stage } = yield* nodeWithStage(base, asked)
      const { nodes: places } = yield* placesOf(base)
      const bare = node.name.replace(/\[.*$/s, "")
      const params = JSON.parse(node.params) as Json
      const codec = stage.params as Schema.Codec<unknown, Json>
      return {
        node: node.name,
        stage: node.stage,
        form: withComments(formOfSchema(codec), base, node.stage),
        params,
        defaults: defaultsOf(codec, params),
        place: places.get(node.name) ?? null,
        siblings: node.name === bare ? [] : base.graph.nodes.flatMap((one) => (one.name !== node.name && one.name.startsWith(`${bare}[`) ? [one.name] : []))
      }
    }),
  "what-if-data": ({ file, name: data, study: name }) =>
    Effect.gen(function* () {
      const { base } = yield* baseOf(name)
      const found = yield* dataFileOf(base, data)
      const offered = offeredFiles(base, found)
      const path = (file === null ? undefined : offered.find((one) => one.file === file)?.path) ?? found.file
      const text = readFileSync(path, "utf8")
      const { value } = readDataText(found, path, text)
      return {
        name: data,
        own: shownPath(base, found.file),
        file: shownPath(base, path),
        form: formOfSchema(found.schema),
        value: (value ?? null) as Json,
        text,
        offered: offered.map(({ file: one, wrong }) => ({ file: one, wrong }))
      }
    }),
  "what-if-check": ({ draft, study: name }) =>
    Effect.gen(function* () {
      const { base } = yield* baseOf(name)
      const read = yield* readDraft(base, draft)
      const proposed = proposedName(base, read, keptBranches((yield* Studies).cache))
      const told = { settings: read.settings, ...proposed }
      if (read.faults.length > 0 || read.settings.length === 0) return { ...told, faults: read.faults, command: null, plan: null }
      const drafted = yield* Effect.result(draftedStudy(base, read, proposed.name))
      if (drafted._tag === "Failure") return { ...told, faults: draftFaults(drafted.failure.faults), command: null, plan: null }
      const command = read.texts.size > 0 ? null : ["sediment", "run", ...flagsOf(base.file, read, proposed.name)].map(quoted).join(" ")
      return { ...told, faults: [], command, plan: yield* planOf(drafted.success) }
    }),
  "what-if-patch": ({ draft, study: name }) =>
    Effect.gen(function* () {
      const { base } = yield* baseOf(name)
      const read = yield* readDraft(base, draft)
      yield* refuseFaults(read)
      return yield* patchOf(base, read).pipe(Effect.mapError((failure) => usage("draft", failure.message)))
    }),
  "what-if-branch-patch": ({ study: name }) =>
    Effect.gen(function* () {
      const { base, branch } = yield* baseOf(name)
      const { cache, study } = yield* Studies
      if (branch === undefined) return yield* usage("unknown-branch", `${name} is no branch that was made here`)
      const { replaced, set } = yield* study(name)
      const texts = new Map([...replaced.values()].flatMap((path) => (isDraft(cache, path) ? [[path, readFileSync(path, "utf8")] as const] : [])))
      const edits = [...base.set, ...set.slice(base.set.length)]
      return yield* patchOf(base, { faults: [], settings: [], edits, replaced, texts }).pipe(Effect.mapError((failure) => usage("draft", failure.message)))
    }),
  "what-if-keep": keepDraft,
  "what-if-draft": ({ study: name }) =>
    Effect.gen(function* () {
      const { base, branch } = yield* baseOf(name)
      const { cache, study } = yield* Studies
      if (branch === undefined) return yield* usage("unknown-branch", `${name} is no branch that was made here`)
      return { name: branch.name, draft: draftOfBranch(base, yield* study(name), cache) }
    }),
  "what-if-forget": ({ study: name }) =>
    Effect.gen(function* () {
      const { cache } = yield* Studies
      const known = keptBranches(cache).some((one) => keptName(one) === name)
      if (known) yield* Effect.try({ try: () => forgetBranch(cache, name), catch: (error) => usage("cache", (error as Error).message) })
      return { forgotten: known }
    }),
  "what-if-branches": ({ study: name }) =>
    Effect.gen(function* () {
      const { base } = yield* baseOf(name)
      return { branches: yield* keptStudies(base), unread: unreadBranches((yield* Studies).cache).map(shownHere) }
    }),
  "what-if-estimates": ({ node, study: name, term }) =>
    Effect.gen(function* () {
      const { base } = yield* baseOf(name)
      const { cache, workspace } = yield* Studies
      const names = new Set(keptBranches(cache).flatMap((one) => (one.study === base.graph.study ? [keptName(one)] : [])))
      const own = (yield* workspace).studies.filter(({ graph }) => names.has(graph.study))
      return yield* estimatesOf(base, own, node, term)
    }),
  "what-if-compare": ({ study: name }) =>
    Effect.gen(function* () {
      const { base } = yield* baseOf(name)
      const { study } = yield* Studies
      return yield* compareBranch(base, yield* study(name))
    })
}
