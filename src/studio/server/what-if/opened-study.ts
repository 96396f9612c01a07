import { readdirSync, readFileSync } from "node:fs"
import { basename, dirname, join, relative, sep } from "node:path"
import { Effect } from "effect"
import { parseDataFile } from "../../../dag/data-file.ts"
import { decode } from "../../../dag/decode.ts"
import type { AnyStage } from "../../../dag/stage.ts"
import type { Study } from "../../../engine/study.ts"
import { type DataFile, type StudyPlaces, studyPlaces } from "../../../engine/study-places.ts"
import { usage } from "../../../workspace/failure.ts"
import { keptBranches, keptName } from "../../../workspace/kept-branches.ts"
import { findNode } from "../../../workspace/node-reference.ts"
import { Studies } from "../studies.ts"

/** Evaluating a study for its places takes a moment: once for as long as it is the same. */
const places = new WeakMap<Study, StudyPlaces>()
export const placesOf = (study: Study): Effect.Effect<StudyPlaces> =>
  Effect.suspend(() => {
    const known = places.get(study)
    return known === undefined ? Effect.tap(studyPlaces(study), (found) => Effect.sync(() => places.set(study, found))) : Effect.succeed(known)
  })

/** The study that a branch which was made here is of; any other study is its own. */
export const baseOf = (name: string) =>
  Effect.gen(function* () {
    const { cache, study } = yield* Studies
    const branch = keptBranches(cache).find((one) => keptName(one) === name)
    return { base: yield* study(branch?.study ?? name), branch }
  })

/** A node of a study with its stage. */
export const nodeWithStage = (study: Study, name: string) =>
  Effect.gen(function* () {
    const { node } = yield* findNode([study], name)
    const { stages } = yield* study.load
    return { node, stage: (stages as Readonly<Record<string, AnyStage>>)[node.stage]! }
  })

/** A data file of a study by its name. */
export const dataFileOf = (study: Study, name: string) =>
  Effect.gen(function* () {
    const { dataFiles } = yield* placesOf(study)
    const found = dataFiles.find((one) => one.name === name)
    return (
      found ??
      (yield* usage("unknown-data", `${study.graph.study} has no data file "${name}"; it has: ${dataFiles.map((one) => one.name).join(", ") || "none"}`))
    )
  })

/** A path as the page tells it: from the folder of dag.ts. */
export const shownPath = (study: Study, path: string): string => relative(study.directory, path).replaceAll(sep, "/")

/** What is wrong with a text as a data file; the value where nothing is. */
export const readDataText = ({ schema }: Pick<DataFile, "schema">, file: string, text: string) => {
  let value: unknown
  try {
    value = parseDataFile(file, text)
  } catch (error) {
    return { value: undefined, faults: [{ path: "", message: (error as Error).message }] }
  }
  return { value, faults: decode(schema, value).faults }
}

/** The files that may stand in the place of a data file: those of its folder with an ending that data files have; no path that is asked for is looked up. */
export const offeredFiles = (study: Study, data: DataFile): ReadonlyArray<{ readonly path: string; readonly file: string; readonly wrong: string | null }> => {
  const folder = dirname(data.file)
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isFile() && /\.(ya?ml|json)$/i.test(entry.name) ? [join(folder, basename(entry.name))] : []))
    .sort()
    .map((path) => {
      const [first, ...others] = readDataText(data, path, readFileSync(path, "utf8")).faults
      const more = others.length === 0 ? "" : `, and ${others.length} more`
      return { path, file: shownPath(study, path), wrong: first === undefined ? null : `${first.path === "" ? "" : `${first.path}: `}${first.message}${more}` }
    })
}
