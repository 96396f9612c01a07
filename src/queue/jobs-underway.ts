import type { Entry } from "./entry.ts"

/** Which tasks are in which jobs of the queue; a job without any is forgotten. */
export class JobsUnderway {
  readonly #tasks = new Map<string, Set<Entry>>()
  readonly #jobs = new Map<Entry, Set<string>>()

  get size(): number {
    return this.#tasks.size
  }

  /** As they are now. */
  get all(): ReadonlyArray<readonly [job: string, tasks: ReadonlyArray<Entry>]> {
    return [...this.#tasks].map(([job, tasks]) => [job, [...tasks]])
  }

  has(job: string): boolean {
    return this.#tasks.has(job)
  }

  of(job: string): ReadonlyArray<Entry> {
    return [...(this.#tasks.get(job) ?? [])]
  }

  /** Notes that tasks are in a job. Of two that are the same job, both wait for it. */
  enter(job: string, tasks: ReadonlyArray<Entry>): void {
    const own = this.#tasks.get(job) ?? new Set()
    this.#tasks.set(job, own)
    for (const one of tasks) {
      one.submissions++
      own.add(one)
      this.#jobs.set(one, (this.#jobs.get(one) ?? new Set()).add(job))
    }
  }

  /** Takes a task out of whatever job it is in; gives those in which nobody is left. */
  leave(task: Entry): ReadonlyArray<string> {
    const jobs = [...(this.#jobs.get(task) ?? [])]
    this.#jobs.delete(task)
    return jobs.filter((job) => {
      const left = this.#tasks.get(job)!
      left.delete(task)
      return left.size === 0 && this.#tasks.delete(job)
    })
  }

  clear(): void {
    this.#tasks.clear()
    this.#jobs.clear()
  }
}
