import { readFileSync } from "node:fs"
import { Effect, Schema } from "effect"
import { decode } from "../../../dag/decode.ts"
import type { ParamEdit } from "../../../dag/param-edits.ts"
import type { Json } from "../../../dag/stage.ts"
import type { Study } from "../../../engine/study.ts"
import { draftPath } from "../../../workspace/draft-files.ts"
import { type CliFailure, usage } from "../../../workspace/failure.ts"
import type { Draft, DraftFault, Setting } from "../../messages/what-if.ts"
import { Studies } from "../studies.ts"
import { dataDifferences } from "./data-differences.ts"
import { editDataFile } from "./edit-data-file.ts"
import { dataFileOf, nodeWithStage, offeredFiles, readDataText, shownPath } from "./opened-study.ts"
import { paramDifferences } from "./param-differences.ts"

/** A draft, read against the study that it is of. */
export interface ReadDraft {
  readonly faults: ReadonlyArray<DraftFault>
  readonly settings: ReadonlyArray<Setting>
  readonly edits: ReadonlyArray<ParamEdit>
  /** What stands in the place of data files, by their names: absolute paths. */
  readonly replaced: ReadonlyMap<string, string>
  /** Of these, those that are not written yet. */
  readonly texts: ReadonlyMap<string, string>
}

const nothing: ReadDraft = { faults: [], settings: [], edits: [], replaced: new Map(), texts: new Map() }
const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value))
const at = (value: unknown, path: ReadonlyArray<string | number>): unknown =>
  path.reduce<unknown>((inner, step) => (typeof inner === "object" && inner !== null ? (inner as Record<string | number, unknown>)[step] : undefined), value)
const pathText = (path: ReadonlyArray<string | number>): string =>
  path.map((step, i) => (typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`)).join("")

const readParams = (study: Study, { all, node: name, params }: Draft["params"][number]) =>
  Effect.gen(function* () {
    const { node, stage } = yield* nodeWithStage(study, name)
    const codec = stage.params as Schema.Codec<unknown, Json>
    const { faults, value } = decode(codec, params)
    if (faults.length > 0) return { ...nothing, faults: faults.map((fault) => ({ of: node.name, isData: false, ...fault })) }
    const before = JSON.parse(node.params) as Json
    const after = Schema.encodeUnknownSync(codec)(value)
    const edits = paramDifferences(all ? node.name.replace(/\[.*$/s, "") : node.name, before, after)
    return {
      ...nothing,
      edits,
      settings: edits.map(
        ({ node: of, path }): Setting => ({ of, isData: false, path: pathText(path), before: json(at(before, path)), after: json(at(after, path)) })
      )
    }
  })

const readData = (study: Study, { file, name, text, value }: Draft["data"][number]) =>
  Effect.gen(function* () {
    const { cache } = yield* Studies
    const data = yield* dataFileOf(study, name)
    const setting = (after: string): Setting => ({ of: name, isData: true, path: "", before: json(shownPath(study, data.file)), after: json(after) })
    if (file !== null && text === undefined && value === undefined) {
      const offered = offeredFiles(study, data).find((one) => one.file === file)
      if (offered === undefined) return { ...nothing, faults: [{ of: name, isData: true, path: "", message: `there is no ${file} in its folder` }] }
      if (offered.wrong !== null) return { ...nothing, faults: [{ of: name, isData: true, path: "", message: `${file}: ${offered.wrong}` }] }
      return offered.path === data.file ? nothing : { ...nothing, settings: [setting(file)], replaced: new Map([[name, offered.path]]) }
    }
    const from = offeredFiles(study, data).find((one) => one.file === file)?.path ?? data.file
    const own = readFileSync(from, "utf8")
    const edited = text ?? (value === undefined ? own : editDataFile(from, own, value as Json))
    const { faults, value: now } = readDataText(data, from, edited)
    if (faults.length > 0) return { ...nothing, faults: faults.map((fault) => ({ of: name, isData: true, ...fault })) }
    if (from === data.file && edited === own) return nothing
    const path = draftPath(cache, from, edited)
    const { value: was } = readDataText(data, data.file, readFileSync(data.file, "utf8"))
    const settings = dataDifferences(was as Json, now as Json).map(
      ({ after, before, path: at }): Setting => ({ of: name, isData: true, path: at, before: json(before), after: json(after) })
    )
    // A file that is written otherwise and holds the same changes nothing.
    if (settings.length === 0) return nothing
    return { ...nothing, settings, replaced: new Map([[name, path]]), texts: new Map([[path, edited]]) }
  })

/** Reads a draft: what it sets, or all that is wrong with it, each in its field. */
export const readDraft = (study: Study, draft: Draft) =>
  Effect.gen(function* () {
    const parts: ReadonlyArray<ReadDraft> = [
      ...(yield* Effect.forEach(draft.params, (one) => readParams(study, one))),
      ...(yield* Effect.forEach(draft.data, (one) => readData(study, one)))
    ]
    return {
      faults: parts.flatMap(({ faults }) => faults),
      settings: parts.flatMap(({ settings }) => settings),
      edits: [...study.set, ...parts.flatMap(({ edits }) => edits)],
      replaced: new Map([...study.replaced, ...parts.flatMap(({ replaced }) => [...replaced])]),
      texts: new Map(parts.flatMap(({ texts }) => [...texts]))
    } satisfies ReadDraft
  })

/** Fails with all that is wrong with a draft. */
export const refuseFaults = ({ faults }: Pick<ReadDraft, "faults">): Effect.Effect<void, CliFailure> =>
  faults.length === 0
    ? Effect.void
    : Effect.fail(usage("draft", faults.map(({ message, of, path }) => `${of}${path === "" ? "" : `, ${path}`}: ${message}`).join("; ")))
