import type { Worker } from "bullmq"

const FIRST_MS = 10_000
const LONGEST_MS = 600_000

/** What a worker does that cannot do its work, since it does not see what it is to read, or cannot keep what it makes: it would be done with each task at once, and take all of them from those that can. */
export class Rest {
  readonly #worker: () => Pick<Worker, "pause" | "resume">
  readonly #tell: (message: string) => void
  #lastMs = 0
  #ended = false
  #resting: NodeJS.Timeout | undefined

  constructor(worker: () => Pick<Worker, "pause" | "resume">, tell: (message: string) => void) {
    this.#worker = worker
    this.#tell = tell
  }

  /** Takes no jobs for a while, twice as long as the last time. */
  begin(why: string): void {
    if (this.#ended || this.#resting !== undefined) return
    this.#lastMs = Math.min(LONGEST_MS, Math.max(FIRST_MS, 2 * this.#lastMs))
    this.#tell(`${why}; it takes no tasks for ${this.#lastMs / 1000} s`)
    void this.#worker()
      .pause(true)
      .catch(() => {})
    this.#resting = setTimeout(() => {
      this.#resting = undefined
      void this.#worker()
        .resume()
        .catch(() => {})
    }, this.#lastMs)
    this.#resting.unref()
  }

  /** It could do a job. */
  over(): void {
    this.#lastMs = 0
  }

  /** The worker ends: it rests no more, and does not come back from a rest. */
  end(): void {
    this.#ended = true
    clearTimeout(this.#resting)
  }
}
