/** The study of code-study.ts, edited and bundled. */
import { Effect } from "effect"
import { bundleStudy } from "../../../src/engine/code/bundle.ts"
import type { CodeFault, StudyBundle } from "../../../src/engine/code/study-bundle.ts"
import { type Files, TemporaryFolder } from "../../temporary-folder.ts"
import { study } from "./code-study.ts"

export const bundleOf = (files: Files, folder = new TemporaryFolder(files), reading: (path: string) => void = () => {}) =>
  bundleStudy(folder.at("dag.ts"), reading).pipe(Effect.ensuring(Effect.sync(() => folder.remove())))
export const faultsOf = (files: Files): Effect.Effect<ReadonlyArray<CodeFault>> =>
  bundleOf({ ...study, ...files }).pipe(
    Effect.matchEffect({ onFailure: ({ faults }) => Effect.succeed(faults), onSuccess: () => Effect.die(new Error("the study was accepted")) })
  )
export const fingerprints = (bundle: StudyBundle) => Object.fromEntries([...bundle.stages].map(([name, { fingerprint }]) => [name, fingerprint]))

export const text = (path: string): string => study[path]!
export const edit = (path: string, from: string | RegExp, to: string): Files => {
  const edited = text(path).replace(from, to)
  if (edited === text(path)) throw new Error(`${path} has no ${from}`)
  return { [path]: edited }
}
