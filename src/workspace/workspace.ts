import { join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect, Layer } from "effect"
import * as Flag from "effect/cli/Flag"
import { FileMemory } from "../engine/file-memory.ts"
import { FreshMemory } from "../engine/fresh-memory.ts"
import type { Known } from "../engine/plan.ts"
import { type Installation, loadStudy, type Study, type StudyOptions } from "../engine/study.ts"
import { laidOut } from "../render/render.ts"
import type { StoreFailure } from "../store/failure.ts"
import { type Store, type StoreFiles, storeFiles, storeIndexes } from "../store/layer.ts"
import { ObjectStore } from "../store/objects.ts"
import { RunHistory, runName } from "../store/runs.ts"
import { TraceIndex } from "../store/traces.ts"
import { branchesOf } from "./branches.ts"
import { cacheOf, wellFormed } from "./cache-folder.ts"
import { type CliError, CliFailure, refused } from "./failure.ts"
import { type KeptBranch, keptName } from "./kept-branches.ts"
import { tellUnread } from "./unread-records.ts"
import { tellStarter } from "./watch/channel.ts"

/** The flags that every command takes. */
export const sharedFlags = {
  study: Flag.String("study").pipe(
    Flag.withMetavar("FILE"),
    Flag.withDescription("a study's dag.ts (default: dag.ts); may be given more than once"),
    Flag.atLeast(0)
  ),
  cache: Flag.String("cache").pipe(
    Flag.withMetavar("DIR"),
    Flag.withDescription("where artifacts and their traces live (default: cache, or SEDIMENT_CACHE)"),
    Flag.withDefault("")
  ),
  with: Flag.String("with").pipe(
    Flag.withMetavar("NAME=FILE"),
    Flag.withDescription(
      "puts another data file in the place of dag.data(NAME, …); with several studies, STUDY:NAME=FILE; one NAME given several files makes a branch of each, study@file"
    ),
    Flag.atLeast(0)
  ),
  indicators: Flag.String("indicators").pipe(
    Flag.withMetavar("FILE"),
    Flag.withDescription("short for --with indicators=FILE; given more than once, each is a branch of the study"),
    Flag.atLeast(0)
  ),
  set: Flag.String("set").pipe(
    Flag.withMetavar("NODE.PARAMETER=VALUE"),
    Flag.withDescription(
      "a branch of the study in which this parameter of a node (or of all NODE[…]) is another; VALUE is JSON or plain text, and nothing takes away what dag.ts says; with several studies, STUDY:NODE.…; may be given more than once"
    ),
    Flag.atLeast(0)
  ),
  as: Flag.String("as").pipe(
    Flag.withMetavar("NAME"),
    Flag.withDescription("what the branch is called that --set, --with or --indicators make: study@NAME"),
    Flag.withDefault("")
  ),
  json: Flag.Boolean("json").pipe(Flag.withDescription("print one JSON document on stdout, and nothing else there"), Flag.withDefault(false))
}
export interface SharedFlags {
  readonly study: ReadonlyArray<string>
  readonly cache: string
  readonly with: ReadonlyArray<string>
  readonly indicators: ReadonlyArray<string>
  readonly set: ReadonlyArray<string>
  readonly as: string
  readonly json: boolean
}

export interface Workspace {
  readonly studies: ReadonlyArray<Study>
  /** Kept branches that are no longer of what their study is today, by their whole names, with what is wrong. */
  readonly lost: ReadonlyMap<string, ReadonlyArray<CliError>>
  readonly cache: string
  readonly run: string
  /** The studies whose every node was fresh when they were last looked at. */
  readonly fresh: FreshMemory
  /** Which build of Sediment this is: a hash of its entry, whose imports are named by their content. */
  readonly build: string
  /** Writes what was learned about files, so that the next call reads none of them. */
  readonly remember: () => void
}

/** A branch that was made in the studio. */
const loadKept = (file: string, branch: KeptBranch, options: Pick<StudyOptions, "cache" | "installation" | "files">) =>
  Effect.gen(function* () {
    const name = keptName(branch)
    const as = name.slice(name.indexOf("@") + 1)
    const branches = yield* branchesOf({ with: branch.with, indicators: [], set: branch.set, as: "" }, [file])
    const { replaced, set } = branches.get(file)![0]!
    return yield* loadStudy(file, { ...options, replaced, set, branch: { name: as, by: new Set(), named: true } })
  })

/** What is remembered of the files outside of a cache. */
export const fileMemoryOf = (flags: Pick<SharedFlags, "cache">): FileMemory => new FileMemory(join(cacheOf(flags), "remembered", "files.json"))

/** Opens the studies that the flags name, and those of some kept branches that can be loaded. */
export const openWorkspace = (
  flags: SharedFlags,
  installation: Installation,
  memory = fileMemoryOf(flags),
  kept: ReadonlyArray<KeptBranch> = []
): Effect.Effect<Workspace, CliFailure> =>
  Effect.gen(function* () {
    const cache = cacheOf(flags)
    yield* wellFormed(cache)
    const files = flags.study.length === 0 ? ["dag.ts"] : [...new Map(flags.study.map((file) => [resolve(file), file])).values()]
    const starter = tellStarter(memory, cache)
    const branches = yield* branchesOf(flags, files)
    const studies: Array<Study> = []
    const errors: Array<CliFailure["errors"][number]> = []
    for (const file of files)
      for (const { replaced, set, ...branch } of branches.get(file)!) {
        const loaded = yield* Effect.result(loadStudy(file, { cache, installation, files: memory, replaced, set, branch }))
        if (loaded._tag === "Success") studies.push(loaded.success)
        // What is wrong with all branches is told once.
        else errors.push(...loaded.failure.faults.filter(({ message }) => errors.every((other) => other.message !== message)))
      }
    for (const [i, study] of studies.entries()) {
      const same = studies.findIndex((other) => other.graph.study === study.graph.study)
      if (same < i)
        errors.push({
          code: "duplicate-study",
          message: `${studies[same]!.file} and ${study.file} are both named "${study.graph.study}": give one another name in Dag.make`
        })
    }
    if (errors.length > 0) return yield* new CliFailure({ exitCode: 2, errors })
    const lost = new Map<string, ReadonlyArray<CliError>>()
    for (const branch of kept) {
      const base = studies.find(({ graph }) => graph.study === branch.study)
      if (base === undefined) continue
      const loaded = yield* Effect.result(loadKept(base.file, branch, { cache, installation, files: memory }))
      if (loaded._tag === "Success") studies.push(loaded.success)
      else lost.set(keptName(branch), loaded.failure instanceof CliFailure ? loaded.failure.errors : loaded.failure.faults)
    }
    starter.loaded()
    const build = memory.hash(fileURLToPath(installation.cli)) ?? ""
    const fresh = new FreshMemory(cache, memory, (type) => laidOut.has(type))
    return { studies, lost, cache, fresh, build, run: runName(new Date()), remember: () => memory.save() }
  })

const asUsage = Layer.catch((error: StoreFailure) => Layer.effectContext(Effect.fail(refused(error))))
/** The files of the store, unread. */
type Place = Pick<Workspace, "cache" | "run">
export const filesOf = ({ cache, run }: Place): Layer.Layer<StoreFiles> => storeFiles(cache, run)
/** What they say. */
export const indexes: Layer.Layer<TraceIndex | RunHistory, CliFailure, StoreFiles> = Layer.merge(storeIndexes, Layer.effectDiscard(tellUnread)).pipe(asUsage)
export const storeOf = (place: Place): Layer.Layer<Store, CliFailure> => indexes.pipe(Layer.provideMerge(filesOf(place)))

/** What the store knows, opened for asking. */
export const known: Effect.Effect<Known, CliFailure, ObjectStore | TraceIndex | RunHistory> = Effect.gen(function* () {
  const objects = yield* ObjectStore
  const present = yield* objects.list.pipe(Effect.mapError(refused))
  return { traces: yield* TraceIndex, history: yield* RunHistory, hasObject: (sha256) => present.has(sha256) }
})
