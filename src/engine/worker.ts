/** A worker thread's entry: takes one task after another, runs it with the stages of a study's bundle, returns its outcome. */
import { parentPort } from "node:worker_threads"
import { Effect } from "effect"
import type { AnyStage } from "../dag/stage.ts"
import { execute, type Outcome, type Task } from "./execute.ts"

export interface WorkerRequest {
  /** URL of the linked bundle, whose `stages` holds every stage by name. */
  readonly bundle: string
  readonly task: Task
}
/** That the stage begins now, from when its time counts; then what came of it. */
export type WorkerReply = "begins" | Outcome

parentPort?.on("message", async ({ bundle, task }: WorkerRequest) => {
  const { stages } = (await import(bundle)) as { readonly stages: Readonly<Record<string, AnyStage>> }
  const stage = stages[task.stage]
  if (stage === undefined) throw new Error(`its module has no stage ${task.stage}`)
  parentPort?.postMessage("begins" satisfies WorkerReply)
  const outcome = await Effect.runPromise(execute(stage, task))
  const bytes = Object.values(outcome.outputs ?? {}).map((output) => output.bytes.buffer as ArrayBuffer)
  parentPort?.postMessage(outcome satisfies WorkerReply, bytes)
})
