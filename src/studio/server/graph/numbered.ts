/** Texts that are said many times, each once: what says them names them by number. */
export class Numbered {
  readonly #numbers = new Map<string, number>()

  number(text: string): number {
    let at = this.#numbers.get(text)
    if (at === undefined) {
      at = this.#numbers.size
      this.#numbers.set(text, at)
    }
    return at
  }
  get all(): ReadonlyArray<string> {
    return [...this.#numbers.keys()]
  }
}
