import { inNumbers, intervalOf, type Named, referencesIn } from "../expression.ts"
import { type Find, shown, shownInterval } from "../find.ts"
import { type Interval, meet } from "../interval.ts"
import { nameOf, type Paper } from "../paper.ts"

const isUnbounded = ({ high, low }: Interval): boolean => low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY

const namesIn = (named: Named, ...texts: ReadonlyArray<string>): Named => named.filter(({ name }) => texts.some((text) => referencesIn(text).includes(name)))

/** `4.1 x + 4.2 x = 1.2 + 0.3, in [1.4, 1.6]`: the formula, its printed numbers, what they may be. A formula of named values is told in their names alone. */
const line = (text: string, { cells, declared }: Paper): string => {
  const named = declared.values
  const words = text.replace(/\[([^\]]+)\]/g, (_, reference: string) => reference.trim())
  const told = namesIn(named, text).length > 0 ? [words] : [...new Set([words, inNumbers(text, cells)])]
  return `${told.join(" = ")}, in ${shownInterval(intervalOf(text, cells, named).interval)}`
}

/** Two formulas over printed numbers of which one has to be the other, or at most the other: sums, products, counts, a number printed twice. */
export const relationsCheck = (paper: Paper): ReadonlyArray<Find> =>
  paper.declared.relations.map(({ compare, left, right, says, source, verdict }) => {
    const { cells, declared } = paper
    const [one, other] = [intervalOf(left, cells, declared.values), intervalOf(right, cells, declared.values)]
    const agree = compare === "equal" ? meet(one.interval, other.interval) : one.interval.low <= other.interval.high
    const open = isUnbounded(one.interval) || isUnbounded(other.interval)
    return {
      check: "relation",
      verdict: open ? "doubt" : agree ? "holds" : verdict,
      where: [...new Set([...one.cells, ...other.cells].map(nameOf))],
      says: open ? `${says}: cannot be told, since a divisor may be zero as it is rounded` : agree ? says : `${says}: not so in print`,
      arithmetic: [
        line(left, paper),
        line(right, paper),
        ...(agree ? [] : [`apart by ${shown(Math.max(one.interval.low - other.interval.high, other.interval.low - one.interval.high))} at the least`]),
        ...namesIn(declared.values, left, right).map(({ is, name }) => `${name}: ${inNumbers(is, cells)}, in ${shownInterval(intervalOf(is, cells).interval)}`),
        ...(source === undefined ? [] : [source])
      ]
    }
  })
