import { existsSync, readFileSync } from "node:fs"
import { relative, resolve, sep } from "node:path"
import { Effect } from "effect"
import { buildGraph } from "../../../dag/build-graph.ts"
import type { Dag, Graph } from "../../../dag/dag.ts"
import { type ParamEdit, writeParamEdit } from "../../../dag/param-edits.ts"
import type { Json } from "../../../dag/stage.ts"
import { bundleStudy } from "../../../engine/code/bundle.ts"
import { compile } from "../../../engine/code/compile.ts"
import { linkBundle } from "../../../engine/code/link.ts"
import type { Study } from "../../../engine/study.ts"
import type { StudyPlaces } from "../../../engine/study-places.ts"
import type { PatchPart } from "../../messages/what-if.ts"
import { Studies } from "../studies.ts"
import { draftedStudy } from "./draft-plan.ts"
import { placesOf, shownPath } from "./opened-study.ts"
import type { ReadDraft } from "./read-draft.ts"
import { callsOf, canBe, literal, paramSplices, spliced } from "./source-edits.ts"
import { unifiedDiff } from "./unified-diff.ts"

type Texts = ReadonlyMap<string, string>

/** A change of the study's text: it gives the text of a file another, or nothing where it cannot be told what to write. */
interface Change {
  /** What it makes of the study when it is run as a branch. */
  readonly wanted: Pick<ReadDraft, "edits" | "replaced">
  /** Other nodes that the same line places: they can only be changed with it. */
  readonly beside: ReadonlyArray<string>
  readonly words: string
  readonly file: string
  readonly apply: (texts: (path: string) => string) => readonly [path: string, text: string] | undefined
}

const graphText = ({ nodes, sources, folders }: Graph): string => JSON.stringify([nodes, sources, folders.map(({ match, path }) => [path, match])])

/** The graph of a study in whose source files other texts stand; undefined where it can no longer be evaluated. Nothing is written. */
const graphWith = (study: Study, texts: Texts, replaced: ReadonlyMap<string, string>) =>
  Effect.gen(function* () {
    const { imported, installation } = yield* Studies
    imported()
    const bundle = yield* bundleStudy(resolve(study.file), () => {}, texts)
    const module = linkBundle(bundle, { effect: installation.effect.href, framework: installation.framework.href })
    const url = `data:text/javascript;base64,${Buffer.from(module).toString("base64")}`
    const { default: dag } = yield* Effect.tryPromise(() => import(url) as Promise<{ readonly default: Dag }>)
    return yield* Effect.try(() => buildGraph(dag, { directory: study.directory, replaced, set: study.set, reading: () => {} }).graph)
  }).pipe(Effect.option)

/** What the changes make of the texts that they change; undefined where one cannot be made. */
const applied = (changes: ReadonlyArray<Change>): Texts | undefined => {
  const texts = new Map<string, string>()
  for (const change of changes) {
    const made = change.apply((path) => texts.get(path) ?? readFileSync(path, "utf8"))
    if (made === undefined) return undefined
    texts.set(...made)
  }
  return texts
}

/** Whether texts make of the study what the branch is: every node with the same stage, inputs and parameters. */
const isRight = (study: Study, texts: Texts, changes: ReadonlyArray<Change>, contents: Texts) =>
  Effect.gen(function* () {
    const edits = [...study.set, ...changes.flatMap(({ wanted }) => wanted.edits)]
    const replaced = new Map([...study.replaced, ...changes.flatMap(({ wanted }) => [...wanted.replaced])])
    const wanted = yield* Effect.option(draftedStudy(study, { faults: [], settings: [], edits, replaced, texts: contents }, "patch"))
    const found = yield* graphWith(study, texts, study.replaced)
    return wanted._tag === "Some" && found._tag === "Some" && graphText(wanted.value.graph) === graphText({ ...found.value, study: wanted.value.graph.study })
  })

/** The patch that makes a draft what the study says. Each diff was put to the test: the study with it has the branch's graph. What cannot be told so is told in words. */
export const patchOf = (study: Study, { edits, replaced, texts: contents }: ReadDraft) =>
  Effect.gen(function* () {
    const { dataFiles, nodes: places } = yield* placesOf(study)
    const { own, root } = yield* Effect.orDie(compile(resolve(study.file), () => {}))
    const shown = (path: string) => relative(root, path).replaceAll(sep, "/")
    const drafted = yield* draftedStudy(study, { faults: [], settings: [], edits, replaced, texts: contents }, "patch")
    const changes: Array<Change> = []
    const byNode = Map.groupBy(
      edits.filter((edit) => !study.set.includes(edit)),
      ({ node }) => node
    )
    for (const [name, own] of byNode) {
      const node = drafted.graph.nodes.find((one) => one.name === name) ?? drafted.graph.nodes.find((one) => one.name.startsWith(`${name}[`))!
      const place = places.get(node.name)
      const whole = JSON.parse(node.params) as Json
      const beside = placedBeside(places, node.name, name)
      changes.push({
        wanted: { edits: own, replaced: new Map() },
        file: place?.file ?? study.file,
        beside,
        words: `${inWords(name, place, own)}${besideInWords(beside)}`,
        apply: (texts) => {
          const path = place && resolve(root, place.file)
          if (path === undefined || !existsSync(path)) return undefined
          const text = texts(path)
          const bare = node.name.replace(/\[.*$/s, "")
          const calls = callsOf(text, "node")?.filter(({ arguments: [first] }) => canBe(first, node.name) || canBe(first, bare))
          const near = calls?.filter(({ callee, loc }) => [callee.loc?.start.line, loc?.start.line, callee.loc?.end.line].includes(place!.line)) ?? []
          const call = near.length === 1 ? near[0] : calls?.length === 1 ? calls[0] : undefined
          const splices = call && paramSplices(text, call, own, whole)
          return splices && [path, spliced(text, splices)]
        }
      })
    }
    const files: Array<PatchPart> = []
    for (const { file, name } of dataFiles) {
      const now = replaced.get(name)
      if (now === undefined || now === study.replaced.get(name) || now === file) continue
      const text = contents.get(now)
      if (text !== undefined) {
        files.push({ file: shown(file), diff: unifiedDiff(shown(file), readFileSync(file, "utf8"), text), words: [] })
        continue
      }
      changes.push({
        wanted: { edits: [], replaced: new Map([[name, now]]) },
        beside: [],
        file: shownPath(study, resolve(study.file)),
        words: `where dag.data("${name}", "${shownPath(study, file)}", …) stands, write ${JSON.stringify(shownPath(study, now))}`,
        apply: (texts) => {
          const found = own.flatMap((path) =>
            (callsOf(texts(path), "data") ?? []).flatMap(({ arguments: [first, second] }) =>
              canBe(first, name) && second?.type === "Literal" ? [{ path, second }] : []
            )
          )
          const [only] = found
          if (only === undefined || found.length > 1) return undefined
          return [only.path, spliced(texts(only.path), [{ start: only.second.start, end: only.second.end, text: JSON.stringify(shownPath(study, now)) }])]
        }
      })
    }
    const tested = yield* inTexts(study, changes, contents)
    const written = [...tested.texts].map(
      ([path, text]): PatchPart => ({ file: shown(path), diff: unifiedDiff(shown(path), readFileSync(path, "utf8"), text), words: [] })
    )
    const told = [...Map.groupBy(tested.left, ({ file }) => file)].map(([file, all]): PatchPart => ({ file, diff: null, words: all.map(({ words }) => words) }))
    return { parts: [...written, ...files, ...told], beside: tested.beside }
  })

/** A change of all that its line places. */
const withBeside = (change: Change): Change => ({
  ...change,
  wanted: { ...change.wanted, edits: [...change.wanted.edits, ...change.beside.flatMap((node) => change.wanted.edits.map((edit) => ({ ...edit, node })))] }
})

/** The texts with the changes that can be made for certain, of what stands on the same lines too where it must be; and the changes that cannot. */
const inTexts = (study: Study, changes: ReadonlyArray<Change>, contents: Texts) =>
  Effect.gen(function* () {
    const none: Texts = new Map()
    if (changes.length === 0) return { texts: none, beside: [], left: [] }
    const fits = (some: ReadonlyArray<Change>) =>
      Effect.suspend(() => {
        const texts = applied(some)
        return texts === undefined ? Effect.succeed(undefined) : Effect.map(isRight(study, texts, some, contents), (right) => (right ? texts : undefined))
      })
    const together = yield* fits(changes)
    if (together !== undefined) return { texts: together, beside: [], left: [] }
    // One after another: each with those before that can be made, by itself if that is right.
    let texts = none
    const made: Array<Change> = []
    const beside: Array<string> = []
    const left: Array<Change> = []
    /** Whether a change of all that the line of another places would be put in the place of what is wanted of a node there. */
    const isWanted = (node: string) => changes.some(({ wanted }) => wanted.edits.some((edit) => edit.node === node || node.startsWith(`${edit.node}[`)))
    for (const change of changes) {
      const alone = changes.length === 1 ? undefined : yield* fits([...made, change])
      const wide = alone !== undefined || change.beside.length === 0 || change.beside.some(isWanted) ? undefined : yield* fits([...made, withBeside(change)])
      if (alone === undefined && wide === undefined) left.push(change)
      else {
        texts = alone ?? wide!
        made.push(alone === undefined ? withBeside(change) : change)
        if (alone === undefined) beside.push(...change.beside)
      }
    }
    return { texts, beside: [...new Set(beside)], left }
  })

/** Other nodes that the line which places a node places too: a change there is one of theirs. `edited`: the node as it was named, or all of its map. */
const placedBeside = (places: StudyPlaces["nodes"], node: string, edited: string): ReadonlyArray<string> => {
  const place = places.get(node)
  return [...places].flatMap(([name, { file, line }]) =>
    file === place?.file && line === place.line && name !== node && !name.startsWith(`${edited}[`) ? [name] : []
  )
}

const besideInWords = (others: ReadonlyArray<string>): string =>
  others.length === 0
    ? ""
    : `; that line places ${others.slice(0, 4).join(", ")}${others.length > 4 ? ` and ${others.length - 4} more` : ""} too, which would change with it`

const inWords = (node: string, place: { readonly file: string; readonly line: number } | undefined, edits: ReadonlyArray<ParamEdit>): string => {
  const where = place === undefined ? "where the study places it" : `at ${place.file}:${place.line}, where it is placed`
  const parts = edits.map(({ path, value }) => {
    const name = writeParamEdit({ node: "", path, value: "" }).replace(/^\.|=$/g, "")
    if (value === "") return `leave out ${name}`
    let json: Json = value
    try {
      json = JSON.parse(value) as Json
    } catch {
      // It is a text.
    }
    return `${name}: ${literal(json)}`
  })
  return `${node}: ${where}, give it ${parts.join(", ")}`
}
