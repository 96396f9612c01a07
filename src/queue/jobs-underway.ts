import type { Entry } from "./entry.ts"

/** Which tasks are in which jobs of the queue; a job without any is forgotten. */
export class JobsUnderway {
  readonly #entries = new Map<string, ReadonlyArray<Entry>>()

  get size(): number {
    return this.#entries.size
  }

  /** As they are now. */
  get all(): ReadonlyArray<readonly [job: string, entries: ReadonlyArray<Entry>]> {
    return [...this.#entries]
  }

  has(job: string): boolean {
    return this.#entries.has(job)
  }

  of(job: string): ReadonlyArray<Entry> {
    return this.#entries.get(job) ?? []
  }

  /** Notes that tasks are in a job. Of two that are the same job, both wait for it. */
  enter(job: string, entries: ReadonlyArray<Entry>): void {
    for (const one of entries) one.submissions++
    this.#entries.set(job, [...this.of(job), ...entries])
  }

  /** Takes a task out of whatever job it is in; gives those in which nobody is left. */
  leave(entry: Entry): ReadonlyArray<string> {
    const empty: Array<string> = []
    for (const [job, entries] of this.#entries) {
      if (!entries.includes(entry)) continue
      const left = entries.filter((one) => one !== entry)
      if (left.length > 0) this.#entries.set(job, left)
      else {
        this.#entries.delete(job)
        empty.push(job)
      }
    }
    return empty
  }

  clear(): void {
    this.#entries.clear()
  }
}
