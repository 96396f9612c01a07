/** Lines of a text, each with its end. */
const linesOf = (text: string): ReadonlyArray<string> => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

type Step = { readonly mark: " " | "-" | "+"; readonly line: string }

/** What to take out and put in to make one list of lines of another: the longest common subsequence stays, between what both begin and end with. */
const steps = (before: ReadonlyArray<string>, after: ReadonlyArray<string>): ReadonlyArray<Step> => {
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const [a, b] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)]
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) lengths[i]![j] = a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
  const middle: Array<Step> = []
  for (let i = 0, j = 0; i < a.length || j < b.length; )
    if (i < a.length && j < b.length && a[i] === b[j]) {
      middle.push({ mark: " ", line: a[i++]! })
      j++
    } else if (i < a.length && (j === b.length || lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) middle.push({ mark: "-", line: a[i++]! })
    else middle.push({ mark: "+", line: b[j++]! })
  const kept = (line: string): Step => ({ mark: " ", line })
  return [...before.slice(0, head).map(kept), ...middle, ...before.slice(before.length - tail).map(kept)]
}

const range = (start: number, length: number): string => `${length === 0 ? start - 1 : start}${length === 1 ? "" : `,${length}`}`
const written = ({ line, mark }: Step): string => `${mark}${line}${line.endsWith("\n") ? "" : "\n\\ No newline at end of file\n"}`

/** The unified diff of a file's text, as `git apply` and `patch -p1` take it; "" where nothing differs. */
export const unifiedDiff = (file: string, before: string, after: string, context = 3): string => {
  const all = steps(linesOf(before), linesOf(after))
  const changed = all.flatMap(({ mark }, i) => (mark === " " ? [] : [i]))
  if (changed.length === 0) return ""
  const hunks: Array<{ from: number; to: number }> = []
  for (const i of changed) {
    const [from, to] = [Math.max(0, i - context), Math.min(all.length, i + context + 1)]
    const last = hunks.at(-1)
    if (last !== undefined && from <= last.to) last.to = to
    else hunks.push({ from, to })
  }
  const count = (part: ReadonlyArray<Step>, without: "-" | "+") => part.filter(({ mark }) => mark !== without).length
  const text = hunks.map(({ from, to }) => {
    const [lead, part] = [all.slice(0, from), all.slice(from, to)]
    const old = range(count(lead, "+") + 1, count(part, "+"))
    const now = range(count(lead, "-") + 1, count(part, "-"))
    return `@@ -${old} +${now} @@\n${part.map(written).join("")}`
  })
  return `--- a/${file}\n+++ b/${file}\n${text.join("")}`
}
