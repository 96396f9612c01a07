/** The submitter's side of the queue: what is ready goes to the workers, the most urgent first and no more than they can soon take, and comes back as outcomes. */
import { hash } from "node:crypto"
import type { Queue, QueueEvents } from "bullmq"
import { Schema } from "effect"
import type { Redis } from "ioredis"
import type { NamedTask, OutcomeElsewhere, Prospects } from "../engine/elsewhere.ts"
import type { Turn } from "../engine/execute.ts"
import { nextJob, priorityOf } from "./batch.ts"
import { artifactsOf, type Entry, failed, whyNot } from "./entry.ts"
import { JobsUnderway } from "./jobs-underway.ts"
import { type Job, MODULE_GONE, TaskOutcome, taskKey } from "./message.ts"
import { type Build, outcomeKey, queueName, TASK_SECONDS, taskJobKey } from "./names.ts"
import { OfferedModules } from "./offered-modules.ts"
import { type Presence, whoListens } from "./presence.ts"
import type { Sharing } from "./sharing.ts"
import type { StoreName } from "./store-name.ts"

/** How often it is looked for what was told while nobody heard it, and for who listens. */
const LOOK_MS = 2_000
/** How many jobs may be under way besides those that the workers execute: for each slot, so that none waits for us. */
const AHEAD = 2
const FEWEST_JOBS = 8
/** How often a job may vanish (with what Redis had in memory) before its tasks are given up. */
const MOST_SUBMISSIONS = 20

/** How often what a worker made may not be found. */
const MOST_LOSSES = 3

export interface SubmitterOptions {
  readonly redis: Redis
  readonly queue: Queue
  readonly events: QueueEvents
  readonly build: Build
  readonly store: StoreName
  readonly sharing: Sharing
  /** A sentence for the user: that no worker listens, that Redis is away. */
  readonly tell: (sentence: string) => void
  /** How a worker is started, for that sentence. */
  readonly toStart: string
}

const decodeOutcome = Schema.decodeUnknownSync(Schema.fromJsonString(TaskOutcome))

export class Submitter {
  readonly #options: SubmitterOptions
  readonly #modules: OfferedModules
  /** Sorted by urgency where `#sorted`. */
  #waiting: Array<Entry> = []
  #sorted = true
  readonly #jobs = new JobsUnderway()
  readonly #underway = new Set<Promise<unknown>>()
  #listening: ReadonlyArray<Presence> = []
  #looked = false
  #toldOfNone = false
  #submitting = false
  #again = false
  #number = 0
  #closed = false
  readonly #looking: ReturnType<typeof setInterval>

  constructor(options: SubmitterOptions) {
    this.#options = options
    this.#modules = new OfferedModules(options.redis)
    const { events } = options
    events.on("active", ({ jobId }) => this.#begins(jobId))
    events.on("progress", ({ jobId }) => void this.#collectSafely(this.#jobs.of(jobId)))
    events.on("completed", ({ jobId }) => void this.#finish(jobId, undefined))
    events.on("failed", ({ failedReason, jobId }) => void this.#finish(jobId, failedReason))
    // What is wrong with the connection is told by `look`.
    events.on("error", () => {})
    options.queue.on("error", () => {})
    this.#looking = setInterval(() => void this.#look(), LOOK_MS)
    void this.#look()
  }

  /** A module that tasks may name. */
  know(sha256: string, text: string): void {
    this.#modules.know(sha256, text)
  }

  /** Takes a task; gives what takes it back. */
  add(
    module: string,
    task: NamedTask,
    { expectedMs, isWanted, pathMs, run }: Prospects,
    turn: Turn<OutcomeElsewhere>,
    settle: (outcome: OutcomeElsewhere | undefined) => void
  ): () => void {
    const entry: Entry = {
      key: taskKey(task),
      task,
      module,
      run,
      pathMs,
      expectedMs,
      isWanted,
      turn,
      settle,
      number: this.#number++,
      begun: false,
      takenBack: false,
      submissions: 0,
      ending: false
    }
    this.#wait(entry)
    this.#submit()
    return () => {
      entry.takenBack = true
      for (const job of this.#jobs.leave(entry)) void this.#remove(job)
    }
  }

  /** Takes back what no worker has begun. */
  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#looking)
    for (const [job] of this.#jobs.all) void this.#remove(job)
    this.#jobs.clear()
    // What is being submitted takes itself back when it is. A Redis that is away keeps nobody.
    while (this.#options.redis.status === "ready" && this.#underway.size > 0)
      await Promise.race([...this.#underway, new Promise((resolve) => this.#options.redis.once("close", resolve))])
  }

  /** Takes a job out of the queue, where no worker has begun it; gives whether it did. */
  async #remove(job: string): Promise<boolean> {
    const removed = this.#options.queue.remove(job).then(
      (count) => count === 1,
      () => false
    )
    return this.#whileOpen(removed)
  }

  /** `close` waits for it. */
  #whileOpen<A>(done: Promise<A>): Promise<A> {
    this.#underway.add(done)
    void done.finally(() => this.#underway.delete(done))
    return done
  }

  #wait(entry: Entry): void {
    this.#waiting.push(entry)
    this.#sorted = false
  }

  /** Lets a task wait anew, out of whatever job it was in. */
  #waitAnew(entry: Entry): void {
    this.#jobs.leave(entry)
    entry.ending = false
    this.#wait(entry)
    this.#submit()
  }

  get #queue(): string {
    return queueName(this.#options.build, this.#options.store)
  }
  #outcomeKey(task: string): string {
    return outcomeKey(this.#queue, task)
  }

  get #slots(): number {
    return this.#listening.reduce((sum, { slots }) => sum + slots, 0)
  }

  /** Submits what there is room for. One at a time; what comes meanwhile is looked at after. */
  #submit(): void {
    if (this.#submitting) {
      this.#again = true
      return
    }
    this.#submitting = true
    // Nodes become ready together: they are looked at together.
    setImmediate(() => {
      void this.#whileOpen(this.#submitSome()).finally(() => {
        this.#submitting = false
        if (this.#again && !this.#closed) {
          this.#again = false
          this.#submit()
        }
      })
    })
  }

  async #submitSome(): Promise<void> {
    if (this.#closed || !this.#looked) return
    const waiting = this.#waiting.filter((one) => !one.takenBack)
    this.#waiting = waiting.filter((one) => one.isWanted())
    if (this.#waiting.length < waiting.length) for (const one of waiting) if (!one.isWanted()) one.settle(undefined)
    await this.#takeBackUnwanted()
    if (!this.#sorted) this.#waiting.sort((a, b) => b.pathMs - a.pathMs || a.number - b.number)
    this.#sorted = true
    const jobs: Array<ReadonlyArray<Entry>> = []
    for (let room = Math.max(FEWEST_JOBS, this.#slots * (1 + AHEAD)) - this.#jobs.size; room > 0 && this.#waiting.length > 0; room--) {
      const places = new Set(nextJob(this.#waiting, this.#slots))
      jobs.push(this.#waiting.filter((_, i) => places.has(i)))
      this.#waiting = this.#waiting.filter((_, i) => !places.has(i))
    }
    if (jobs.length === 0) return
    try {
      // What cannot be offered is told by the worker that does not find it.
      await this.#options.sharing.offer([...new Set(jobs.flat().flatMap(({ task }) => artifactsOf(task)))])
      for (const module of new Set(jobs.flat().map((one) => one.module))) await this.#modules.offer(module)
      const own = (await this.#withoutThoseUnderway(jobs)).map((entries) => entries.filter((one) => !one.takenBack)).filter(({ length }) => length > 0)
      if (this.#closed) return
      const named = own.map((entries) => ({ id: hash("sha256", entries.map(({ key }) => key).join("\n")), entries }))
      for (const { entries, id } of named) this.#jobs.enter(id, entries)
      const pipeline = this.#options.redis.pipeline()
      for (const { entries, id } of named) for (const { key } of entries) pipeline.set(taskJobKey(this.#queue, key), id, "EX", TASK_SECONDS)
      await pipeline.exec()
      await this.#options.queue.addBulk(
        named.map(({ entries, id }) => ({
          name: entries[0]!.task.stage,
          data: { module: entries[0]!.module, run: entries[0]!.run, tasks: entries.map(({ task }) => task) } satisfies Job,
          opts: { jobId: id, priority: priorityOf(entries[0]!.pathMs), attempts: 1, removeOnComplete: true, removeOnFail: true }
        }))
      )
      // Nobody asks any more for what was taken back meanwhile.
      for (const { id } of named) if (!this.#jobs.has(id)) void this.#remove(id)
    } catch (error) {
      if (this.#closed) return
      const message = error instanceof Error ? error.message : String(error)
      for (const entry of jobs.flat()) this.#end(entry, failed("not-submitted", `it could not be submitted to the queue: ${message}`))
    }
  }

  /** Nothing new is to begin after a failure: what is in the queue, and no worker has begun, is taken out of it. */
  async #takeBackUnwanted(): Promise<void> {
    const unwanted = this.#jobs.all.filter(([, entries]) => entries.every((one) => !one.begun && !one.isWanted()))
    const removed = await Promise.all(unwanted.map(([job]) => this.#remove(job)))
    for (const [i, [, entries]] of unwanted.entries()) if (removed[i]) for (const one of entries) this.#end(one, undefined)
  }

  /** Tasks that are in the queue already, since another run has submitted them, or one that was killed, are waited for there; gives the jobs of the others. */
  async #withoutThoseUnderway(jobs: ReadonlyArray<ReadonlyArray<Entry>>): Promise<ReadonlyArray<ReadonlyArray<Entry>>> {
    const entries = jobs.flat()
    const known = await this.#options.redis.mget(entries.map(({ key }) => taskJobKey(this.#queue, key)))
    const byJob = new Map<string, Array<Entry>>()
    for (const [i, entry] of entries.entries()) {
      const job = known[i]
      if (job != null) byJob.set(job, [...(byJob.get(job) ?? []), entry])
    }
    const underway = new Set<Entry>()
    await Promise.all(
      [...byJob].map(async ([job, own]) => {
        const state = await this.#options.queue.getJobState(job)
        if (state === "unknown") return
        for (const one of own) underway.add(one)
        this.#jobs.enter(job, own)
        if (state === "active") this.#begins(job)
      })
    )
    return jobs.map((one) => one.filter((entry) => !underway.has(entry))).filter((one) => one.length > 0)
  }

  #begins(job: string): void {
    for (const entry of this.#jobs.of(job)) this.#begin(entry)
  }

  /** False where it is sent away. */
  #begin(entry: Entry): boolean {
    if (entry.begun) return true
    if (!entry.turn.begins()) {
      this.#end(entry, undefined)
      return false
    }
    entry.begun = true
    return true
  }

  #end(entry: Entry, outcome: OutcomeElsewhere | undefined): void {
    this.#jobs.leave(entry)
    if (outcome !== undefined) {
      if (!this.#begin(entry)) return
      entry.turn.ends(outcome)
    }
    entry.settle(outcome)
    this.#submit()
  }

  /** The same; where Redis is away, it is looked for later. Gives whether it was there. */
  async #collectSafely(entries: ReadonlyArray<Entry>): Promise<boolean> {
    try {
      await this.#collect(entries)
      return true
    } catch {
      return false
    }
  }

  /** Looks for the outcomes of tasks, and settles those that have one. */
  async #collect(entries: ReadonlyArray<Entry>): Promise<void> {
    if (entries.length === 0) return
    const texts = await this.#options.redis.mget(entries.map(({ key }) => this.#outcomeKey(key)))
    const found = entries.flatMap((entry, i) => (texts[i] == null || entry.ending ? [] : [{ entry, outcome: decodeOutcome(texts[i]) }]))
    for (const { entry } of found) entry.ending = true
    try {
      await this.#settle(found)
    } finally {
      // What could not be settled is looked at again.
      for (const { entry } of found) entry.ending = false
    }
  }

  async #settle(found: ReadonlyArray<{ readonly entry: Entry; readonly outcome: TaskOutcome }>): Promise<void> {
    const made = found.flatMap(({ outcome }) => Object.values(outcome.outputs ?? {}).map(({ artifact }) => artifact))
    const missing = new Set(made.length === 0 ? [] : await this.#options.sharing.take([...new Set(made)]))
    for (const { entry, outcome } of found) {
      const { lost, outputs, worker, ...rest } = outcome
      const gone = Object.values(outputs ?? {}).find(({ artifact }) => missing.has(artifact))
      if (gone !== undefined && entry.submissions < MOST_LOSSES) {
        // It was told long ago, and has been swept away since: it is made again.
        await this.#options.redis.del(this.#outcomeKey(entry.key))
        this.#waitAnew(entry)
      } else if (gone !== undefined)
        this.#end(entry, failed("not-found", `worker ${worker} made its artifact ${gone.artifact}, which is not found in ${this.#options.store.inWords}`))
      // What its inputs were not found for is asked for again: an outcome that stays would be the answer.
      else {
        if (lost.length > 0 || rest.faults.length > 0) await this.#options.redis.del(this.#outcomeKey(entry.key))
        this.#end(entry, { ...rest, lost, outputs, isTraced: this.#options.sharing.hasTraces })
      }
    }
  }

  /** A job is no longer in the queue: its tasks have outcomes, or go there again. `reason`: it failed. */
  async #finish(job: string, reason: string | undefined): Promise<void> {
    const entries = this.#jobs.of(job)
    if (entries.length === 0) return
    if (!(await this.#collectSafely(entries))) return
    const isGone = reason?.startsWith(MODULE_GONE) === true
    if (isGone) this.#modules.forget()
    for (const entry of this.#jobs.of(job)) {
      if (entry.ending) continue
      if ((reason === undefined || isGone) && entry.submissions < MOST_SUBMISSIONS) this.#waitAnew(entry)
      else this.#end(entry, failed("worker-failed", `node ${entry.task.node}: ${whyNot(entry, reason)}`))
    }
    this.#submit()
  }

  /** Looks for what was not heard of: outcomes, jobs that are gone, and who listens. */
  async #look(): Promise<void> {
    const { build, queue, redis, store, tell, toStart } = this.#options
    if (redis.status !== "ready") return
    try {
      const all = await whoListens(redis)
      this.#listening = all.filter((one) => one.queue === this.#queue)
      this.#looked = true
      if (this.#listening.length === 0 && !this.#toldOfNone && this.#waiting.length + this.#jobs.size > 0) {
        this.#toldOfNone = true
        const others = [...new Set(all.map((one) => `${one.build} with ${one.store}`))]
        tell(
          `no worker listens for ${build.inWords} with ${store.inWords}${others.length === 0 ? "" : ` (those that do: ${others.join("; ")})`}: it is waited for; to start one: ${toStart}`
        )
      } else if (this.#listening.length > 0) this.#toldOfNone = false
      for (const [job, entries] of this.#jobs.all) {
        await this.#collect(entries)
        if (this.#jobs.has(job) && (await queue.getJobState(job)) === "unknown") await this.#finish(job, undefined)
      }
    } catch {
      // Redis went away meanwhile.
    }
    this.#submit()
  }
}
