interface Told {
  readonly label: string
  /** Of tests with one label, which it is; "" where the label says all. */
  readonly variant: string
  readonly note: string
}

/**
 * Notes that tests want told, each once, after the names of the tests that it is about: "LM (lag), LM (error), pooled: …". A variant is named only where
 * the note is not about all variants of its label.
 */
export const testNotes = (told: ReadonlyArray<Told>): ReadonlyArray<string> => {
  const named = ({ label, note }: Told): boolean => told.some((other) => other.label === label && other.note !== note)
  return [...new Set(told.map(({ note }) => note))]
    .filter((note) => note !== "")
    .map((note) => {
      const about = told.filter((test) => test.note === note)
      const [variant, ...others] = new Set(about.map((test) => (named(test) ? test.variant : "")))
      const one = others.length === 0
      const names = new Set(about.map((test) => (one || !named(test) || test.variant === "" ? test.label : `${test.label} (${test.variant})`)))
      return `${[...names].join(", ")}${one && variant !== "" ? `, ${variant}` : ""}: ${note}.`
    })
}
