import { createHash } from "node:crypto"
import { existsSync, readFileSync, rmSync } from "node:fs"
import { join, relative } from "node:path"
import { Effect } from "effect"
import { readArrow } from "../artifact/read.ts"
import type { GraphNode } from "../dag/dag.ts"
import type { NodeReport, RunReport } from "../engine/events.ts"
import { fileName } from "../engine/file-name.ts"
import type { Study } from "../engine/study.ts"
import { laidOut, renderArtifact } from "../render/render.ts"
import type { ObjectDamaged, ObjectMissing, StoreFailure } from "../store/failure.ts"
import { ObjectStore } from "../store/objects.ts"
import { replaceFile } from "../store/replace-file.ts"
import { type CliFailure, usage } from "../workspace/failure.ts"

/** The printed tables and figures of a study: `results/<study>/<node>.md` and `.svg`; those of another indicator set in a folder of their own, `results/<study>+indicators=reduced`. */
export interface Results {
  /** Whether rendering what is printed of a node would read its artifacts. */
  readonly isDue: (report: NodeReport) => boolean
  /** Whether all that is printed stands rendered, and nothing else. */
  readonly isCurrent: (printed: ReadonlyArray<{ readonly node: string; readonly output: string; readonly artifact: string }>) => boolean
  /** Where they stand. */
  readonly folder: string
  /** Renders what is due, removes what the study no longer makes, and gives the folder, if there is anything in it, with the names there that this run could not bring up to date. */
  readonly write: (
    report: RunReport
  ) => Effect.Effect<
    { readonly folder: string; readonly outdated: ReadonlyArray<string> } | undefined,
    CliFailure | ObjectDamaged | ObjectMissing | StoreFailure,
    ObjectStore
  >
}

const FORMATS = { markdown: "md", svg: "svg" } as const

const nameOf = (node: string, output: string): string => fileName(output === "output" ? node : `${node}.${output}`)

const recorded = (path: string): Readonly<Record<string, string>> => {
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch {
    // None yet, or damaged: then all is rendered anew.
    return {}
  }
}

const textsHash = (texts: ReadonlyArray<string | Buffer>): string => {
  const hash = createHash("sha256")
  for (const text of texts) hash.update(text)
  return hash.digest("hex")
}
const filesHash = (paths: ReadonlyArray<string>): string | undefined => {
  try {
    return textsHash(paths.map((path) => readFileSync(path)))
  } catch {
    // One of them is not there, or cannot be read.
    return undefined
  }
}

/** The results of a study below a folder: a table or figure is due if it is not there, or was rendered from another artifact or by another `build` of Sediment. */
export const resultsOf = (study: Study, folder: string, build: string): Results => {
  const directory = join(folder, study.folder)
  const record = join(directory, ".rendered.json")
  const before = recorded(record)
  const printed = (node: GraphNode) => Object.entries(node.outputs).flatMap(([output, type]) => (laidOut.has(type) ? [{ output, type }] : []))
  let known: ReadonlyMap<string, { readonly node: GraphNode; readonly output: string; readonly type: string }> | undefined
  const names = () =>
    (known ??= new Map(study.graph.nodes.flatMap((node) => printed(node).map((one) => [nameOf(node.name, one.output), { node, ...one }] as const))))
  const filesOf = (name: string) => Object.values(FORMATS).map((extension) => join(directory, `${name}.${extension}`))
  const keyOf = (artifact: string) => `${artifact} ${build}`
  // A run that was killed, or another one at the same time, may have left other texts than the record says: so it says which.
  const isRendered = (name: string, artifact: string) =>
    before[name]?.startsWith(keyOf(artifact)) === true && before[name] === `${keyOf(artifact)} ${filesHash(filesOf(name))}`
  let grouped: ReturnType<typeof groupByNode> | undefined
  const groupByNode = () => Map.groupBy(names(), ([, { node }]) => node.name)

  return {
    folder: relative(process.cwd(), directory),
    isCurrent: (all) => all.length === Object.keys(before).length && all.every(({ artifact, node, output }) => isRendered(nameOf(node, output), artifact)),
    isDue: ({ artifacts, node, study: name }) =>
      name === study.graph.study &&
      ((grouped ??= groupByNode()).get(node) ?? []).some(([file, { output }]) => artifacts[output] !== undefined && !isRendered(file, artifacts[output])),
    write: (report) =>
      Effect.gen(function* () {
        const objects = yield* ObjectStore
        const now: Record<string, string> = {}
        const outdated: Array<string> = []
        const reports = new Map(report.nodes.flatMap((one) => (one.study === study.graph.study ? [[one.node, one] as const] : [])))
        const put = (path: string, text: string) =>
          Effect.try({ try: () => replaceFile(path, text), catch: (error) => usage("results", `cannot write ${path}: ${(error as Error).message}`) })
        for (const [name, { node, output, type }] of names()) {
          const artifact = reports.get(node.name)?.artifacts[output]
          if (artifact === undefined) {
            if (reports.has(node.name) && existsSync(filesOf(name)[0]!)) outdated.push(name)
            continue
          }
          if (isRendered(name, artifact)) {
            now[name] = before[name]!
            continue
          }
          const table = readArrow(yield* objects.get(artifact))
          const texts: Array<string> = []
          for (const [format, extension] of Object.entries(FORMATS) as ReadonlyArray<[keyof typeof FORMATS, string]>) {
            const text = yield* Effect.promise(() => renderArtifact(type, table, format, name))
            texts.push(text)
            yield* put(join(directory, `${name}.${extension}`), text)
          }
          now[name] = `${keyOf(artifact)} ${textsHash(texts)}`
        }
        if (Object.keys(now).length === 0 && outdated.length === 0) return undefined
        const kept = Object.fromEntries(Object.entries({ ...before, ...now }).filter(([name]) => names().has(name)))
        for (const path of Object.keys(before).flatMap((name) => (names().has(name) ? [] : filesOf(name))))
          yield* Effect.try({
            try: () => rmSync(path, { force: true }),
            catch: (error) => usage("results", `cannot remove ${path}: ${(error as Error).message}`)
          })
        if (JSON.stringify(kept) !== JSON.stringify(before)) yield* put(record, JSON.stringify(kept))
        return { folder: relative(process.cwd(), directory), outdated }
      })
  }
}
