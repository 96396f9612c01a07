/** Regular expressions of descriptions: those whose time cannot grow beyond measure with the text. */

/** Texts are looked at up to here: names of files and sheets, titles, headers and keys are shorter. */
export const LONGEST_TEXT = 300

const MOST_REPETITIONS = 3
const MOST_OPTIONS = 10

/** What is wrong with a pattern; undefined where nothing is. A repetition within a repetition, alternatives in one, and many in a row can take longer than anyone waits. */
export const patternIssue = (pattern: string): string | undefined => {
  try {
    if (new RegExp(pattern, "u").source === "") return "expected a pattern"
  } catch (error) {
    return `not a regular expression: ${(error as Error).message}`
  }
  if (pattern.length > LONGEST_TEXT) return `a pattern of ${pattern.length} characters; expected at most ${LONGEST_TEXT}`
  let repetitions = 0
  let options = 0
  // Of each group that is open: whether something within it varies.
  const open: Array<boolean> = [false]
  let closed: boolean | undefined
  for (let at = 0; at < pattern.length; ) {
    const rest = pattern.slice(at)
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(rest)?.[0]
    const token = quantifier ?? /^(?:\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\(\?<?[=!:]?|[\s\S])/.exec(rest)![0]
    at += token.length
    if (quantifier !== undefined) {
      const many = !quantifier.startsWith("?") && !/^\{[01]\}/.test(quantifier)
      if (closed === true && many) return `"${pattern}" repeats a group that has a repetition or alternatives in it: write it without`
      if (/^\{\d+\}/.test(quantifier)) continue
      if (many) repetitions++
      else options++
      open[open.length - 1] = true
    } else if (token.startsWith("(")) open.push(false)
    else if (token === ")") {
      closed = open.pop() ?? false
      open[open.length - 1] = closed || open.at(-1) === true
      continue
    } else if (token === "|") open[open.length - 1] = true
    closed = undefined
  }
  if (repetitions > MOST_REPETITIONS) return `"${pattern}" has ${repetitions} repetitions (*, +, {n,m}); expected at most ${MOST_REPETITIONS}`
  return options > MOST_OPTIONS ? `"${pattern}" has ${options} options (?); expected at most ${MOST_OPTIONS}` : undefined
}
