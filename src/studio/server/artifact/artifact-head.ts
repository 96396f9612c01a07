import { relative } from "node:path"
import { Effect } from "effect"
import { acceptanceSentence } from "../../../engine/sentences.ts"
import { ObjectStore } from "../../../store/objects.ts"
import { RunHistory } from "../../../store/runs.ts"
import { type LocatedArtifact, locateArtifact } from "../../../workspace/artifact.ts"
import { runsOf } from "../../../workspace/history.ts"
import type { artifactQuestions } from "../../messages/artifact.ts"
import { Studies } from "../studies.ts"
import type { OpenedTable } from "./opened-table.ts"
import { shownColumns } from "./shown-columns.ts"
import { tableOf } from "./table-of.ts"

/** Runs that may be chosen from. */
const RUNS = 60

/** Columns that say what a row is of, by their names; estimates are of a model and a term. */
const KEYS = new Set(["entity", "unit", "year", "model", "term"])
const MOST_KEYS = 2

const keysOf = (table: OpenedTable): ReadonlyArray<string> => {
  const names = table.visible.map(({ name }) => name)
  const keys = names.filter((name) => KEYS.has(name))
  return (keys.length === 0 && names.length > 1 && table.visible[0]!.kind !== "number" ? names.slice(0, 1) : keys).slice(0, MOST_KEYS)
}

/** The last runs of a study, newest first. */
const lastRuns = (history: RunHistory["Service"], study: string) => {
  const { runs, tags } = runsOf(history, (name) => name === study)
  return runs.slice(0, RUNS).map(({ at, run }) => ({ run, at, ...(tags.has(run) ? { tag: tags.get(run)! } : {}) }))
}

type Asked = (typeof artifactQuestions)["artifact"]["asks"]["Type"]

/** Which artifact is asked for. */
export const located = ({ node, output, run, study: name }: Asked) =>
  Effect.gen(function* () {
    const study = yield* (yield* Studies).study(name)
    const outputs = Object.keys(study.graph.nodes.find((one) => one.name === node)?.outputs ?? {})
    const named = output ?? (outputs.length < 2 || outputs.includes("output") ? undefined : outputs[0])
    return yield* locateArtifact([study], `${name}:${node}${named === undefined ? "" : `.${named}`}`, run ?? "")
  })

/** What an artifact is, without its cells. */
export const artifactHead = (asked: Asked) =>
  Effect.gen(function* () {
    const found: LocatedArtifact = yield* located(asked)
    const objects = yield* ObjectStore
    const history = yield* RunHistory
    const table = yield* tableOf(found.artifact, found.advice)
    const { accepted, made, past, stale } = found
    return {
      study: found.study,
      node: found.node,
      stage: made.stage,
      output: found.output,
      outputs: Object.entries(found.outputs).map(([output, type]) => ({ output, type })),
      type: found.type,
      sha256: found.artifact,
      bytes: table.bytes.length,
      path: relative(process.cwd(), objects.path(found.artifact)),
      rows: table.rows,
      columns: shownColumns(table),
      keys: keysOf(table),
      notes: table.notes,
      warnings: [...found.warnings.map(({ message }) => message), ...accepted.map(acceptanceSentence)],
      ...(stale === undefined ? {} : { stale }),
      ...(past === undefined ? {} : { run: { run: past.run, at: past.at } }),
      made: { run: made.run, at: made.at, ms: made.ms },
      runs: lastRuns(history, found.study)
    }
  })
