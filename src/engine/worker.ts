/** A worker thread's entry: takes tasks, runs them with the stages of a study's bundle, returns their outcomes. */
import { parentPort } from "node:worker_threads"
import { Effect } from "effect"
import type { AnyStage } from "../dag/stage.ts"
import { execute, type Outcome, type Task } from "./execute.ts"

export interface WorkerRequest {
  readonly id: number
  /** URL of the linked bundle, whose `stages` holds every stage by name. */
  readonly bundle: string
  readonly task: Task
}
export interface WorkerReply {
  readonly id: number
  readonly outcome: Outcome
}

parentPort?.on("message", async ({ id, bundle, task }: WorkerRequest) => {
  const { stages } = (await import(bundle)) as { readonly stages: Readonly<Record<string, AnyStage>> }
  const outcome = await Effect.runPromise(execute(stages[task.stage]!, task))
  const bytes = Object.values(outcome.outputs ?? {}).map((output) => output.bytes.buffer as ArrayBuffer)
  parentPort?.postMessage({ id, outcome } satisfies WorkerReply, bytes)
})
