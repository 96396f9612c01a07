/** What a node observed of its inputs, in words: what can make it run again. */
import { readableInput } from "../dag/dag.ts"
import { isOfMachine, variableIn } from "./reads.ts"

/** What was asked of an input in a word: `gov`, `how many rows`. */
const inWords = (asked: string): string =>
  asked
    .replace(/^column /, "")
    .replace(/^metadata (.*)$/, "$1 (unit or description)")
    .replace(/^has (.*)$/, "whether there is $1")
    .replace(/^names$/, "which columns there are")
    .replace(/^rows$/, "how many rows")
    .replace(/^count$/, "how many tables")
    .replace(/^files$/, "which files there are")
    .replace(/^bytes$/, "the whole file")
    .replace(/^ending$/, "how its name ends")

/**
 * What each input was asked, by the name under which reads of it are recorded (`panels[2]`); what no input is, as the seed or the version of a program, has no words. What is carried on without being
 * asked for is left out, and so is that a column is there, where it was read.
 */
export const observedByInput = (reads: ReadonlyArray<string>): ReadonlyMap<string, ReadonlyArray<string>> => {
  const inputs = new Map<string, Array<string>>()
  const all = new Set(reads)
  for (const read of reads) {
    if (/ has /.test(read) && all.has(read.replace(/ has (.*)$/, " column $1"))) continue
    if (isOfMachine(read)) {
      const variable = variableIn(read)
      inputs.set(variable === undefined ? "the version of its program" : `the environment variable ${variable}`, [])
      continue
    }
    const space = read.indexOf(" ")
    const [input, asked] = space === -1 ? [read, ""] : [read.slice(0, space), read.slice(space + 1)]
    if (asked === "notes") continue
    const words = inputs.get(input)
    if (words === undefined) inputs.set(input, asked === "" ? [] : [inWords(asked)])
    else if (asked !== "") words.push(inWords(asked))
  }
  return inputs
}

/** The same in lines: `panel: gov, year, how many rows`. */
export const observed = (reads: ReadonlyArray<string>): ReadonlyArray<string> =>
  [...observedByInput(reads)].map(([input, words]) => (words.length === 0 ? input : `${readableInput(input)}: ${words.join(", ")}`))
