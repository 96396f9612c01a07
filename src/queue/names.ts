/** What everything is called in Redis. A queue is for one build of Sediment and one store: whoever listens to it computes the same, and finds what it is given. */
import { hash } from "node:crypto"
import { readFileSync } from "node:fs"
import packageFile from "../../package.json" with { type: "json" }
import type { Installation } from "../engine/study.ts"
import type { StoreName } from "./store-name.ts"

export const PREFIX = "sediment"

/** How long an outcome is kept for whoever asks: a submitter that was away looks for it. The trace in the store is for good. */
export const OUTCOME_SECONDS = 3600
/** How long it is kept when somebody has taken it. */
export const TAKEN_SECONDS = 60
/** How long it is known in which job a task was. */
export const TASK_SECONDS = 86_400
/** How long a module is kept that nobody has offered since. */
export const MODULE_SECONDS = 86_400

export interface Build {
  /** Two builds of one name compute the same. */
  readonly name: string
  readonly inWords: string
}

/** This build by content: what executes stages, and the command line, which names its parts by their content, and so all that the two sides say to each other; and the version of the engine that computes sines. */
export const buildOf = ({ cli, effect, framework, worker }: Installation): Build => {
  const v8 = process.versions.v8.split(".").slice(0, 2).join(".")
  const name = hash("sha256", JSON.stringify([v8, ...[cli, effect, framework, worker].map((url) => hash("sha256", readFileSync(url)))])).slice(0, 16)
  return { name, inWords: `Sediment ${packageFile.version} (${name.slice(0, 8)}, Node ${process.versions.node})` }
}

export const queueName = (build: Build, store: StoreName): string => `${build.name}-${store.name}`
/** Of one store: what is told to be in one is not in another. */
export const outcomeKey = (queue: string, task: string): string => `${PREFIX}:outcome:${queue}:${task}`
/** In which job a task is, as long as that is in the queue. */
export const taskJobKey = (queue: string, task: string): string => `${PREFIX}:task:${queue}:${task}`
export const moduleKey = (sha256: string): string => `${PREFIX}:module:${sha256}`
/** The names of all that listen, or did lately. */
export const WORKERS_KEY = `${PREFIX}:workers`
export const workerKey = (worker: string): string => `${PREFIX}:worker:${worker}`
/** That a worker is asked to end. */
export const endKey = (worker: string): string => `${PREFIX}:end:${worker}`
