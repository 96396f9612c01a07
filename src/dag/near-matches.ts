/** Edits (a character put in, left out, replaced, or two neighbours swapped) from one text to another: the optimal string alignment distance. */
const editDistance = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): number => {
  let before: Array<number> = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : Number.POSITIVE_INFINITY
      current.push(Math.min(previous[j]! + 1, current[j - 1]! + 1, replaced, swapped))
    }
    before = previous
    previous = current
  }
  return previous[b.length]!
}

const folded = (text: string): ReadonlyArray<string> =>
  Array.from(
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[\s_-]+/g, " ")
  )

/** The candidates (three at most, nearest first) that someone who wrote `text` may have meant: a third of its characters may differ, case and spacing aside. */
export const nearMatches = (text: string, candidates: Iterable<string>): ReadonlyArray<string> => {
  const wanted = folded(text)
  const most = Math.max(1, Math.floor(wanted.length / 3))
  return (
    [...new Set(candidates)]
      .map((candidate) => ({ candidate, letters: folded(candidate) }))
      // Each edit makes a text at most one character longer or shorter: a cell of a megabyte is compared with nothing.
      .filter(({ letters }) => Math.abs(letters.length - wanted.length) <= most)
      .map(({ candidate, letters }) => ({ candidate, distance: editDistance(wanted, letters) }))
      .filter(({ distance }) => distance <= most)
      .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
      .slice(0, 3)
      .map(({ candidate }) => candidate)
  )
}

/** `did you mean "x" or "y"?`, or nothing. */
export const didYouMean = (text: string, candidates: Iterable<string>): string => {
  const near = nearMatches(text, candidates)
  return near.length === 0 ? "" : `did you mean ${near.map((name) => `"${name}"`).join(" or ")}? `
}
