import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { relative, resolve } from "node:path"
import { Effect } from "effect"
import type { StoredTable } from "../artifact/column.ts"
import { readArrow } from "../artifact/read.ts"
import { diffRuns } from "../engine/diff/diff-runs.ts"
import { lastChange, sinceItsBase } from "../engine/diff/last-change.ts"
import type { Known } from "../engine/plan.ts"
import type { Study } from "../engine/study.ts"
import { studyPlaces } from "../engine/study-places.ts"
import type { StoreFailure } from "../store/failure.ts"
import { ObjectStore } from "../store/objects.ts"
import type { RunHistory, RunRecord, StudyState } from "../store/runs.ts"
import { environmentOf } from "./environment.ts"
import type { NodeFacts, StageFacts, StudyFacts } from "./facts.ts"
import { nodesThen, nodesToday } from "./gather-nodes.ts"
import { sourcesThen, sourcesToday } from "./gather-sources.ts"
import { leadingComment } from "./study-text.ts"

export interface Asked {
  /** A run to tell of; the study as it is today where there is none. */
  readonly run: RunRecord | undefined
  readonly at: number
  readonly command: StudyFacts["command"]
}

/** Table types whose artifacts a report shows, or tells something of. */
const SHOWN = new Set([
  "PrintedTable",
  "Figure",
  "Estimates",
  "Glance",
  "IndicatorWeights",
  "SpatialWeights",
  "Panel",
  "SubunitPanel",
  "NormalizedPanel",
  "Entities",
  "PublishedSummary"
])

const tablesOf = (nodes: ReadonlyArray<NodeFacts>): Effect.Effect<StudyFacts["tables"], StoreFailure, ObjectStore> =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const tables = new Map<string, StoredTable | string>()
    for (const { artifacts, outputs } of nodes)
      for (const [output, artifact] of Object.entries(artifacts)) {
        if (tables.has(artifact) || !SHOWN.has(outputs[output] ?? "")) continue
        const table = objects.get(artifact).pipe(
          Effect.map((bytes): StoredTable | string => readArrow(bytes)),
          Effect.catchTags({
            ObjectMissing: () => Effect.succeed(`its artifact ${artifact.slice(0, 12)}… is no longer in the store`),
            ObjectDamaged: ({ message }) => Effect.succeed(message)
          })
        )
        tables.set(artifact, yield* table)
      }
    return tables
  })

/** Nodes that are up to date with other artifacts than a run left. */
const notAsIn = (state: StudyState, nodes: ReadonlyArray<NodeFacts>): ReadonlyArray<string> =>
  nodes.flatMap(({ artifacts, name, standing }) => {
    const then = state.nodes.get(name)?.record().artifacts
    return standing === "fresh" && then !== undefined && Object.keys(artifacts).some((output) => artifacts[output] !== then[output]) ? [name] : []
  })

/** The text of dag.ts; empty where it cannot be read, which is then told elsewhere. */
const textOf = (study: Study): string => {
  try {
    return readFileSync(resolve(study.file), "utf8")
  } catch {
    return ""
  }
}

const stagesOf = (study: Study, nodes: ReadonlyArray<NodeFacts>, past: boolean, history: RunHistory["Service"]): ReadonlyArray<StageFacts> =>
  [...Map.groupBy(nodes, ({ code, stage }) => JSON.stringify([stage, code])).values()].map((own) => {
    const { code, stage } = own[0]!
    const parts = (past ? history.codeOf(code) : study.declarations(stage)) ?? []
    return { stage, code, files: [...new Set(parts.map(({ file }) => file))], nodes: own.length }
  })

/** Everything that a report of a study tells. It reads the store and the study's files, runs nothing and writes nothing. */
export const gather = (study: Study, known: Known, asked: Asked): Effect.Effect<StudyFacts, StoreFailure, ObjectStore> =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const { history, traces } = known
    const name = study.graph.study
    const past = asked.run !== undefined
    const variant = asked.run?.studies.find((one) => one.study === name)?.variant ?? study.variant
    const runs = history.runs().filter(({ studies }) => studies.some((one) => one.study === name && one.variant === variant))
    const run = asked.run ?? runs[0]
    const text = past ? "" : textOf(study)
    const places = past ? undefined : yield* studyPlaces(study)
    const nodes =
      asked.run === undefined ? nodesToday(study, known, objects.path, places?.nodes ?? new Map()) : nodesThen(study, asked.run, known, objects.path)
    const isAsked = (one: string) => one === name
    const [compared] = asked.run === undefined ? lastChange(history, runs, isAsked) : sinceItsBase(history, asked.run, isAsked)
    return {
      study: name,
      variant,
      file: study.file,
      about: leadingComment(text),
      seed: study.graph.seed,
      at: asked.at,
      run,
      past,
      tag: run && history.tags().get(run.run),
      otherwise: run === undefined || past ? [] : notAsIn(history.stateOf(name, run.run), nodes),
      nodes,
      targets: study.graph.targets,
      sources: asked.run === undefined ? sourcesToday(study, nodes) : sourcesThen(study, asked.run, history, nodes),
      dataFiles: (places?.dataFiles ?? []).map(({ file: path }) => ({
        path: relative(study.directory, path).replaceAll("\\", "/"),
        sha256: createHash("sha256").update(readFileSync(path)).digest("hex")
      })),
      tables: yield* tablesOf(nodes),
      change: compared && { compared, diff: yield* diffRuns(history, traces, name, compared.before, compared.after, []) },
      environment: environmentOf(study.directory),
      stages: stagesOf(study, nodes, past, history),
      command: asked.command
    }
  })
