import type { Queue } from "bullmq"
import type { Redis } from "ioredis"
import type { Entry } from "./entry.ts"
import type { Job } from "./message.ts"
import { TASK_SECONDS, taskJobKey } from "./names.ts"
import { priorityOf } from "./priority.ts"

/** Tasks that go to one worker together, by the name of their job. */
export interface NamedJob {
  readonly id: string
  readonly entries: ReadonlyArray<Entry>
}

/** The queue in Redis: jobs by name, and in which job a task is. */
export class JobQueue {
  readonly #redis: Redis
  readonly #queue: Queue
  /** Jobs that were put in from here, as long as they are not known to be gone. */
  readonly #own = new Set<string>()

  constructor(redis: Redis, queue: Queue) {
    this.#redis = redis
    this.#queue = queue
  }

  /** Puts jobs into the queue; one that is there already stays as it is. */
  async add(jobs: ReadonlyArray<NamedJob>): Promise<void> {
    for (const { id } of jobs) this.#own.add(id)
    const pipeline = this.#redis.pipeline()
    for (const { entries, id } of jobs) for (const { key } of entries) pipeline.set(this.#nameOf(key), id, "EX", TASK_SECONDS)
    await pipeline.exec()
    await this.#queue.addBulk(
      jobs.map(({ entries, id }) => {
        const [{ module, pathMs, run, task }] = entries as readonly [Entry]
        return {
          name: task.stage,
          data: { module, run, tasks: entries.map((one) => one.task) } satisfies Job,
          opts: { jobId: id, priority: priorityOf(pathMs), attempts: 1, removeOnComplete: true, removeOnFail: true }
        }
      })
    )
  }

  /** Leaves a job: takes it out of the queue, where no worker has begun it; one that is another run's stays there. Gives whether it is none of ours any more. */
  async leave(job: string): Promise<boolean> {
    if (!this.#own.delete(job)) return true
    try {
      return (await this.#queue.remove(job)) === 1
    } catch {
      return false
    }
  }

  /** Whether a job is in the queue, and whether a worker has begun it. */
  async stateOf(job: string): Promise<"gone" | "begun" | "waiting"> {
    const state = await this.#queue.getJobState(job)
    if (state === "unknown") this.#own.delete(job)
    return state === "unknown" ? "gone" : state === "active" ? "begun" : "waiting"
  }

  /** In which jobs tasks were put, by whomever: those of each job together. */
  async jobsOf(entries: ReadonlyArray<Entry>): Promise<ReadonlyMap<string, ReadonlyArray<Entry>>> {
    const jobs = new Map<string, Array<Entry>>()
    if (entries.length === 0) return jobs
    const known = await this.#redis.mget(entries.map(({ key }) => this.#nameOf(key)))
    for (const [i, entry] of entries.entries()) {
      const job = known[i]
      if (job != null) jobs.set(job, [...(jobs.get(job) ?? []), entry])
    }
    return jobs
  }

  #nameOf(key: string): string {
    return taskJobKey(this.#queue.name, key)
  }
}
