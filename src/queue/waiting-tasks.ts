/** Which tasks go to the workers next, and which of them together: tiny ones would cost more on their way than they take. */
import TinyQueue from "tinyqueue"

/** What is known of a task that waits. */
export interface Waiting {
  readonly module: string
  readonly run: string
  /** Milliseconds of the longest way from its beginning to the end of the study. */
  readonly pathMs: number
  readonly expectedMs: () => number | undefined
  /** Of two that are as urgent, the lower comes first. */
  readonly number: number
}

/** A task that is thought to take less goes with others. */
const TINY_MS = 50
/** What a job of tiny tasks is to take together, and how many there may be: so much is done again where its worker is lost. */
const JOB_MS = 250
const MOST_TASKS = 200
/** How many tasks that do not belong to a job may stand between those that do. */
const MOST_PASSED = 1_000
/** What a task costs besides, milliseconds: so that many of no time are not taken for nothing. */
const OVERHEAD_MS = 0.5

const costOf = ({ expectedMs }: Waiting): number | undefined => {
  const expected = expectedMs()
  return expected === undefined || expected >= TINY_MS ? undefined : expected + OVERHEAD_MS
}

/** Tasks that wait: they come in in any order, and leave in jobs, the most urgent first. */
export class WaitingTasks<Task extends Waiting> {
  readonly #tasks = new TinyQueue<Task>([], (a, b) => b.pathMs - a.pathMs || a.number - b.number)

  get size(): number {
    return this.#tasks.length
  }

  add(task: Task): void {
    this.#tasks.push(task)
  }

  /**
   * Takes out the next job: the most urgent task, and, where it is tiny, further tiny ones of the same module and run, in their order, so many that each of so
   * many slots gets some. `isWanted` says which may go at all; the others are taken out too, and it has to deal with them.
   */
  takeJob(slots: number, isWanted: (task: Task) => boolean): ReadonlyArray<Task> {
    const first = this.#next(isWanted)
    if (first === undefined) return []
    const job = [first]
    const passed: Array<Task> = []
    const most = Math.min(MOST_TASKS, Math.ceil((this.size + 1) / Math.max(1, slots)))
    let ms = costOf(first) ?? JOB_MS
    while (job.length < most && ms < JOB_MS && passed.length < MOST_PASSED) {
      const one = this.#next(isWanted)
      if (one === undefined) break
      const cost = one.module === first.module && one.run === first.run ? costOf(one) : undefined
      if (cost === undefined) passed.push(one)
      else {
        job.push(one)
        ms += cost
      }
    }
    for (const one of passed) this.add(one)
    return job
  }

  #next(isWanted: (task: Task) => boolean): Task | undefined {
    for (;;) {
      const one = this.#tasks.pop()
      if (one === undefined || isWanted(one)) return one
    }
  }
}
