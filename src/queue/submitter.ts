/** The submitter's side of the queue: what is ready goes to the workers, the most urgent first and no more than they can soon take, and comes back as outcomes. */
import { hash } from "node:crypto"
import type { Queue, QueueEvents } from "bullmq"
import type { Redis } from "ioredis"
import type { NamedTask, OutcomeElsewhere, Prospects } from "../engine/elsewhere.ts"
import type { Turn } from "../engine/execute.ts"
import { Audience } from "./audience.ts"
import { artifactsOf, type Entry, entryOf, failed, isGoing, MOST_LOSSES, mostSubmissions, whyNot } from "./entry.ts"
import { JobQueue } from "./job-queue.ts"
import { JobsUnderway } from "./jobs-underway.ts"
import { MODULE_GONE } from "./message.ts"
import type { Build } from "./names.ts"
import { OfferedModules } from "./offered-modules.ts"
import { Outcomes, type Told } from "./outcomes.ts"
import { refusesForNow, unlessAway } from "./redis.ts"
import type { Sharing } from "./sharing.ts"
import type { StoreName } from "./store-name.ts"
import { WaitingTasks } from "./waiting-tasks.ts"

/** How often it is looked for what was told while nobody heard it, and for who listens. */
const LOOK_MS = 2_000
/** How many jobs may be under way besides those that the workers execute: for each slot, so that none waits for us. */
const AHEAD = 2
const FEWEST_JOBS = 8

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

export class Submitter {
  readonly #options: SubmitterOptions
  readonly #modules: OfferedModules
  readonly #jobQueue: JobQueue
  readonly #outcomes: Outcomes
  readonly #audience = new Audience()
  readonly #waiting = new WaitingTasks<Entry>()
  readonly #jobs = new JobsUnderway()
  readonly #underway = new Set<Promise<unknown>>()
  #submitting = false
  #again = false
  #number = 0
  #refusedAt: number | undefined
  #closed = false
  #looking: ReturnType<typeof setTimeout> | undefined

  constructor(options: SubmitterOptions) {
    this.#options = options
    this.#modules = new OfferedModules(options.redis)
    this.#jobQueue = new JobQueue(options.redis, options.queue)
    this.#outcomes = new Outcomes(options.redis, options.queue.name, options.sharing)
    const { events } = options
    events.on("active", ({ jobId }) => this.#begins(jobId))
    events.on("progress", ({ jobId }) => void this.#collectSafely(this.#jobs.of(jobId)))
    events.on("completed", ({ jobId }) => void this.#finish(jobId, undefined))
    events.on("failed", ({ failedReason, jobId }) => void this.#finish(jobId, failedReason))
    // What is wrong with the connection is told by `look`.
    events.on("error", () => {})
    options.queue.on("error", () => {})
    void this.#lookOn()
  }

  /** A module that tasks may name. */
  know(sha256: string, text: string): void {
    this.#modules.know(sha256, text)
  }

  /** Takes a task; gives what takes it back. */
  add(
    module: string,
    task: NamedTask,
    prospects: Prospects,
    turn: Turn<OutcomeElsewhere>,
    settle: (outcome: OutcomeElsewhere | undefined) => void
  ): () => void {
    const entry = entryOf({ module, task, ...prospects, turn, settle, number: this.#number++ })
    this.#waiting.add(entry)
    this.#submit()
    return () => {
      entry.takenBack = true
      for (const job of this.#jobs.leave(entry)) void this.#remove(job)
    }
  }

  /** Takes back what no worker has begun. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#looking)
    this.#options.sharing.giveUp()
    for (const [job] of this.#jobs.all) void this.#remove(job)
    this.#jobs.clear()
    // What is being submitted takes itself back when it is. A Redis that is away keeps nobody.
    while (this.#underway.size > 0 && (await unlessAway(this.#options.redis, Promise.race(this.#underway)))) {}
  }

  #remove(job: string): Promise<boolean> {
    return this.#whileOpen(this.#jobQueue.leave(job))
  }

  /** `close` waits for it. */
  #whileOpen<A>(done: Promise<A>): Promise<A> {
    this.#underway.add(done)
    void done.finally(() => this.#underway.delete(done))
    return done
  }

  /** Lets a task wait anew, out of whatever job it was in. */
  #waitAnew(entry: Entry): void {
    this.#putBack(entry)
    this.#submit()
  }

  #putBack(entry: Entry): void {
    this.#jobs.leave(entry)
    entry.ending = false
    entry.going = false
    this.#waiting.add(entry)
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
    if (this.#closed || !this.#audience.isKnown || (this.#refusedAt !== undefined && Date.now() - this.#refusedAt < LOOK_MS / 2)) return
    await this.#takeBackUnwanted()
    const { slots } = this.#audience
    const jobs: Array<ReadonlyArray<Entry>> = []
    for (let room = Math.max(FEWEST_JOBS, slots * (1 + AHEAD)) - this.#jobs.size; room > 0 && this.#waiting.size > 0; room--)
      jobs.push(this.#waiting.takeJob(slots, (one) => this.#mayGo(one)))
    const entries = jobs.flat()
    if (entries.length === 0) return
    try {
      await this.#collect(entries, "long ago")
      // What cannot be offered is told by the worker that does not find it.
      await this.#options.sharing.offer([...new Set(entries.flatMap(({ task }) => artifactsOf(task)))])
      for (const module of new Set(entries.map((one) => one.module))) await this.#modules.offer(module)
      await this.#waitForThoseUnderway(entries)
      if (this.#closed) return
      const own = jobs.map((job) => job.filter(isGoing)).filter(({ length }) => length > 0)
      const named = own.map((job) => ({ id: hash("sha256", job.map(({ key }) => key).join("\n")), entries: job }))
      for (const { entries, id } of named) this.#jobs.enter(id, entries)
      await this.#jobQueue.add(named)
      this.#refusedAt = undefined
      for (const { entries } of named) for (const one of entries) one.going = false
      // Nobody asks any more for what was taken back meanwhile.
      for (const { id } of named) if (!this.#jobs.has(id)) void this.#remove(id)
    } catch (error) {
      if (this.#closed) return
      const message = error instanceof Error ? error.message : String(error)
      if (refusesForNow(message)) return this.#waitUntilTaken(entries.filter(isGoing), message)
      for (const entry of entries.filter(isGoing)) this.#end(entry, failed("not-submitted", `it could not be submitted to the queue: ${message}`))
    }
  }

  /** Redis takes nothing for now: it is tried again at the next look. */
  #waitUntilTaken(entries: ReadonlyArray<Entry>, why: string): void {
    if (this.#refusedAt === undefined) this.#options.tell(`Redis takes nothing for now: ${why}; it is tried again`)
    this.#refusedAt = Date.now()
    for (const one of entries) this.#putBack(one)
  }

  /** Nothing new is to begin after a failure: what is in the queue, and no worker has begun, is taken out of it. */
  async #takeBackUnwanted(): Promise<void> {
    const unwanted = this.#jobs.all.filter(([, entries]) => entries.every((one) => !one.begun && !one.isWanted()))
    const removed = await Promise.all(unwanted.map(([job]) => this.#remove(job)))
    for (const [i, [, entries]] of unwanted.entries()) if (removed[i]) for (const one of entries) this.#end(one, undefined)
  }

  /** Tasks that are in the queue already, since another run has submitted them, or one that was killed, are waited for there. */
  async #waitForThoseUnderway(entries: ReadonlyArray<Entry>): Promise<void> {
    const jobs = await this.#jobQueue.jobsOf(entries.filter(isGoing))
    await Promise.all(
      [...jobs].map(async ([job, all]) => {
        const state = await this.#jobQueue.stateOf(job)
        const own = all.filter(isGoing)
        if (state === "gone" || own.length === 0) return
        for (const one of own) one.going = false
        this.#jobs.enter(job, own)
        if (state === "begun") this.#begins(job)
      })
    )
  }

  /** Whether a task that waited may still go; what nobody wants any more is settled. */
  #mayGo(entry: Entry): boolean {
    if (entry.takenBack) return false
    entry.going = entry.isWanted()
    if (!entry.going) entry.settle(undefined)
    return entry.going
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
    entry.going = false
    if (outcome !== undefined) {
      if (!this.#begin(entry)) return
      entry.turn.ends(outcome)
    }
    entry.settle(outcome)
    this.#submit()
  }

  /** The same; where Redis is away, it is looked for later. Gives whether it was there. */
  #collectSafely(entries: ReadonlyArray<Entry>): Promise<boolean> {
    return this.#collect(entries).then(
      () => true,
      () => false
    )
  }

  /** Settles the tasks that have outcomes. */
  #collect(entries: ReadonlyArray<Entry>, when: "just now" | "long ago" = "just now"): Promise<void> {
    return this.#outcomes.take(entries, when, (told) => this.#settle(told))
  }

  #settle({ entry, gone, outcome: { worker, ...outcome } }: Told): void {
    if (gone === undefined) this.#end(entry, { ...outcome, outputs: outcome.outputs, isTraced: this.#options.sharing.hasTraces })
    // It was told long ago, and has been swept away since: it is made again.
    else if (entry.submissions < MOST_LOSSES) this.#waitAnew(entry)
    else this.#end(entry, failed("not-found", `worker ${worker} made its artifact ${gone}, which is not found in ${this.#options.store.inWords}`))
  }

  /** A job is no longer in the queue: its tasks have outcomes, or go there again. `reason`: it failed. */
  async #finish(job: string, reason: string | undefined): Promise<void> {
    const entries = this.#jobs.of(job)
    if (entries.length === 0) return
    if (!(await this.#collectSafely(entries))) return
    if (reason?.startsWith(MODULE_GONE)) this.#modules.forget()
    const most = mostSubmissions(reason)
    for (const entry of this.#jobs.of(job)) {
      if (entry.ending) continue
      if (entry.submissions < most) this.#waitAnew(entry)
      else this.#end(entry, failed("worker-failed", `node ${entry.task.node}: ${whyNot(entry, reason)}`))
    }
    this.#submit()
  }

  /** One look after the other. */
  async #lookOn(): Promise<void> {
    await this.#look()
    if (!this.#closed) this.#looking = setTimeout(() => void this.#lookOn(), LOOK_MS)
  }

  /** Looks for what was not heard of: jobs that are gone, and who listens. */
  async #look(): Promise<void> {
    const { build, queue, redis, store, tell, toStart } = this.#options
    if (redis.status !== "ready") return
    try {
      await this.#audience.look(redis, queue.name)
      if (this.#waiting.size + this.#jobs.size > 0) this.#audience.tellOfNone(build, store, toStart, tell)
      await Promise.all(
        this.#jobs.all.map(async ([job]) => {
          if ((await this.#jobQueue.stateOf(job)) === "gone") await this.#finish(job, undefined)
        })
      )
    } catch {
      // Redis went away meanwhile.
    }
    this.#submit()
  }
}
