import { Effect } from "effect"
import { folderLabel, isFiles, readableInput, type WiredInput, wiresOf } from "../../../dag/dag.ts"
import { lastRecord } from "../../../engine/last-record.ts"
import { observedByInput } from "../../../engine/observed.ts"
import { paramsHash } from "../../../engine/plan.ts"
import type { Study } from "../../../engine/study.ts"
import { nodeIn } from "../../../engine/time-travel.ts"
import { RunHistory, type RunRecord } from "../../../store/runs.ts"
import { TraceIndex } from "../../../store/traces.ts"
import type { LocatedArtifact, Making } from "../../../workspace/artifact.ts"
import { runsOf } from "../../../workspace/history.ts"
import type { ArtifactOrigin, originQuestions } from "../../messages/artifact-origin.ts"
import { Studies } from "../studies.ts"
import { located } from "./artifact-head.ts"

/** Runs that are looked through. */
const RUNS = 20

const paramsOf = (params: string): ArtifactOrigin["params"] => {
  const value: unknown = JSON.parse(params)
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [{ name: "", value: params }]
  return Object.entries(value).map(([name, one]) => ({ name, value: JSON.stringify(one) }))
}

type Observed = ReturnType<typeof observedByInput>

/** What each wire of an input is of, and what was read of it; files are told by their input: of a hundred, what was read is the same. */
const readsOf = (input: string, wired: WiredInput, observed: Observed): ArtifactOrigin["inputs"] => {
  if (isFiles(wired)) {
    const file = wired.folder === undefined ? wired.files.map(({ source }) => source).join(", ") : folderLabel(wired.folder)
    const names = [input, ...wiresOf({ inputs: { [input]: wired } }).map(([name]) => name)]
    return [{ input, file, read: [...new Set(names.flatMap((name) => observed.get(name) ?? []))] }]
  }
  return wiresOf({ inputs: { [input]: wired } }).map(([name, wire]) => ({
    input: readableInput(name),
    ...("source" in wire ? { file: wire.source } : { node: wire.node, output: wire.output }),
    read: observed.get(name) ?? []
  }))
}

const inputsOf = ({ inputs, reads }: Pick<Making, "inputs" | "reads">): Pick<ArtifactOrigin, "inputs" | "others"> => {
  const observed = observedByInput(reads.map(({ read }) => read))
  const known = new Set([...Object.keys(inputs), ...wiresOf({ inputs }).map(([name]) => name)])
  return {
    inputs: Object.entries(inputs).flatMap(([input, wired]) => readsOf(input, wired, observed)),
    others: [...observed.keys()].filter((name) => !known.has(name) && name !== "seed" && !/[[]/.test(name))
  }
}

/** The nodes that read an output, as they were made last. */
const readersOf = (study: Study, history: RunHistory["Service"], { node, output }: LocatedArtifact): ArtifactOrigin["readBy"] =>
  study.graph.nodes.flatMap((reader) => {
    const own = wiresOf(reader).filter(([, wire]) => "node" in wire && wire.node === node && wire.output === output)
    if (own.length === 0) return []
    const observed = observedByInput((lastRecord(history, study.graph.study, reader.name, "good")?.reads ?? []).map(({ read }) => read))
    return own.map(([input]) => ({ node: reader.name, stage: reader.stage, input: readableInput(input), read: observed.get(input) ?? [] }))
  })

const hadIn = (
  history: RunHistory["Service"],
  run: RunRecord,
  { artifact, made, node, output, study }: LocatedArtifact
): "made" | "same" | "other" | "none" => {
  const past = nodeIn(history, run, study, node)
  if (past.found !== "record" || past.record.artifacts[output] === undefined) return "none"
  if (past.record.artifacts[output] !== artifact) return "other"
  return run.run === made.run ? "made" : "same"
}

type Asked = (typeof originQuestions)["artifact-origin"]["asks"]["Type"]

/** Where an artifact comes from, and what rests on it. */
export const artifactOrigin = (asked: Asked) =>
  Effect.gen(function* () {
    const found = yield* located(asked)
    const study = yield* (yield* Studies).study(asked.study)
    const history = yield* RunHistory
    const traces = yield* TraceIndex
    const { made } = found
    const values = new Map(made.reads.map(({ read, value }) => [read, value]))
    const trace = traces.find(made.code, paramsHash(made.params), (read) => values.get(read))?.outputs[found.output]
    const { runs, tags } = runsOf(history, (name) => name === found.study)
    const seed = values.get("seed")
    const records = study.graph.nodes.flatMap((node) => {
      const record = lastRecord(history, found.study, node.name, "good")
      return record === undefined ? [] : [record]
    })
    return {
      sha256: found.artifact,
      stage: made.stage,
      params: paramsOf(made.params),
      code: made.code,
      declarations: (history.codeOf(made.code) ?? []).map(({ declaration, file }) => ({ declaration, file })),
      ...inputsOf(made),
      ...(seed === undefined ? {} : { seed }),
      run: made.run,
      at: made.at,
      ms: made.ms,
      readBy: readersOf(study, history, found),
      runs: runs.slice(0, RUNS).map((run) => ({
        run: run.run,
        at: run.at,
        ...(tags.has(run.run) ? { tag: tags.get(run.run)! } : {}),
        had: hadIn(history, run, found)
      })),
      elsewhere: records.flatMap(({ artifacts, node }) =>
        Object.entries(artifacts).flatMap(([output, artifact]) =>
          artifact === found.artifact && !(node === found.node && output === found.output) ? [{ node, output }] : []
        )
      ),
      hashes: trace?.artifact === found.artifact ? Object.fromEntries(trace.summary.columns.map(({ data, name }) => [name, data])) : {}
    } satisfies ArtifactOrigin
  })
