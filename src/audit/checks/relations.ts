import { intervalOf } from "../expression.ts"
import { type Find, shown, shownInterval } from "../find.ts"
import { meet } from "../interval.ts"
import { nameOf, type Paper } from "../paper.ts"
import { quoted } from "../reference.ts"

/** Two formulas over printed numbers of which one has to be the other, or at most the other: sums, products, counts, a number printed twice. */
export const relationsCheck = ({ cells, declared }: Paper): ReadonlyArray<Find> =>
  declared.relations.map(({ compare, left, right, says, source, verdict }) => {
    const [one, other] = [intervalOf(left, cells), intervalOf(right, cells)]
    const agree = compare === "equal" ? meet(one.interval, other.interval) : one.interval.low <= other.interval.high
    const used = [...new Set([...one.cells, ...other.cells])]
    return {
      check: "relation",
      verdict: agree ? "holds" : verdict,
      where: [...new Set(used.map(nameOf))],
      says: agree ? says : `${says}: not so in print`,
      arithmetic: [
        used.map((cell) => `${quoted(cell)} in ${shownInterval(cell.interval)}`).join("; "),
        `${left} is in ${shownInterval(one.interval)}, ${right} in ${shownInterval(other.interval)}${
          agree ? "" : `: apart by ${shown(Math.max(one.interval.low - other.interval.high, other.interval.low - one.interval.high))} at the least`
        }`,
        ...(source === undefined ? [] : [source])
      ]
    }
  })
