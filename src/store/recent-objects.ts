/** The largest object that is kept, and how much in all, in bytes. */
const SMALL = 1 << 16
const KEPT = 1 << 25

/** What was put last, as long as it is small: most inputs are read right after they were made. */
export class RecentObjects {
  readonly #bytes = new Map<string, Uint8Array>()
  #total = 0
  keep(sha: string, bytes: Uint8Array): void {
    if (bytes.length > SMALL || this.#bytes.has(sha)) return
    this.#bytes.set(sha, bytes)
    this.#total += bytes.length
    for (const [oldest, { length }] of this.#bytes) {
      if (this.#total <= KEPT) break
      this.#bytes.delete(oldest)
      this.#total -= length
    }
  }
  get(sha: string): Uint8Array | undefined {
    return this.#bytes.get(sha)
  }
}
