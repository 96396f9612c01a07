import { statSync } from "node:fs"
import { resolve } from "node:path"
import { wiresOf } from "../dag/dag.ts"
import { fileChunks } from "../engine/file-chunks.ts"
import type { Study } from "../engine/study.ts"
import type { RunHistory, RunRecord } from "../store/runs.ts"
import type { NodeFacts, SourceFacts } from "./facts.ts"
import { csvRows } from "./study-text.ts"

const ABSENT = "absent"

const readers = (nodes: ReadonlyArray<Pick<NodeFacts, "name" | "inputs">>): ReadonlyMap<string, ReadonlyArray<string>> => {
  const found = new Map<string, Array<string>>()
  for (const node of nodes)
    for (const [, wire] of wiresOf(node)) if ("source" in wire) found.set(wire.source, [...new Set([...(found.get(wire.source) ?? []), node.name])])
  return found
}

/** What there is to count in a file that is the one meant. */
const counted = (study: Study, path: string, sha256: string | undefined): { readonly bytes: number | undefined; readonly rows: number | undefined } => {
  if (sha256 === undefined || study.source(path).sha256 !== sha256) return { bytes: undefined, rows: undefined }
  const at = resolve(study.directory, path)
  return { bytes: statSync(at).size, rows: /\.csv$/i.test(path) ? csvRows(fileChunks(at)) : undefined }
}

/** The study's files as they are today. */
export const sourcesToday = (study: Study, nodes: ReadonlyArray<NodeFacts>): ReadonlyArray<SourceFacts> => {
  const readBy = readers(nodes)
  return study.graph.sources.map(({ note = "", path }) => {
    const { sha256 } = study.source(path)
    const known = sha256 === ABSENT ? undefined : sha256
    return { path, sha256: known, note, readBy: readBy.get(path) ?? [], ...counted(study, path, known) }
  })
}

/** The files that a study's nodes had read by the end of a run. */
export const sourcesThen = (study: Study, run: RunRecord, history: RunHistory["Service"], nodes: ReadonlyArray<NodeFacts>): ReadonlyArray<SourceFacts> => {
  const state = history.stateOf(study.graph.study, run.run)
  return [...readers(nodes)].map(([path, readBy]) => {
    const record = state.nodes.get(readBy[0]!)?.record()
    const input = record && wiresOf(record).find(([, wire]) => "source" in wire && wire.source === path)?.[0]
    const read = (what: string) => record?.reads.find((one) => one.read === `${input} ${what}`)?.value
    const sha256 = read("bytes")
    return { path, sha256, note: read("notes") ?? "", readBy, ...counted(study, path, sha256) }
  })
}
