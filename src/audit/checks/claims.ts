import type { Cell } from "../cells.ts"
import { type Need, needsOf } from "../declared.ts"
import { pOf } from "../degrees-of-freedom.ts"
import { type Find, shown, shownInterval } from "../find.ts"
import { difference, magnitude, quotient, square, squareRoot, sum } from "../interval.ts"
import { cellIn, type Paper } from "../paper.ts"
import { ratiosOf } from "../ratios.ts"
import { cellOf, findCell, quoted } from "../reference.ts"

interface Judgement {
  readonly verdict: Find["verdict"]
  readonly line: string
  readonly where: string
}

const ratioText = (paper: Paper, reference: string): string => {
  const cell = cellOf(paper.cells, reference)
  const ratio = paper.columns.flatMap(ratiosOf).find((one) => one.cell === cell)
  return ratio === undefined ? quoted(cell) : `${quoted(cell)} (${ratio.bracket.printed}), |t| in ${shownInterval(ratio.size)}`
}

/**
 * Whether a cell is significant at a level: by its stars, which are what the text speaks of; in a column without any star, by the largest ratio that rounding allows
 * under the normal distribution.
 */
const isSignificant = ({ columns, declared }: Paper, cell: Cell, level: number): boolean => {
  const column = columns.find(({ cells }) => cells.includes(cell))
  const ratio = column === undefined || column.cells.some(({ stars }) => stars > 0) ? undefined : ratiosOf(column).find((one) => one.cell === cell)
  if (ratio !== undefined) return pOf(ratio.size.high, Number.POSITIVE_INFINITY) <= level
  return cell.stars > 0 && declared.levels[cell.stars - 1]! <= level
}

const judge = (paper: Paper, need: Need): Judgement => {
  const { cells, columns, declared } = paper
  if ("sign" in need) {
    const cell = cellOf(cells, need.cell)
    const level = need.level ?? declared.levels[0]!
    const signed = need.sign === "positive" ? cell.interval.high > 0 : cell.interval.low < 0
    const met = signed && isSignificant(paper, cell, level)
    return {
      verdict: met ? "holds" : "contradiction",
      where: need.cell,
      line: `${ratioText(paper, need.cell)}: ${met ? "" : "not "}${need.sign} at ${level * 100}%`
    }
  }
  if ("insignificant" in need) {
    const cell = cellOf(cells, need.cell)
    const met = !isSignificant(paper, cell, need.insignificant)
    return {
      verdict: met ? "holds" : "contradiction",
      where: need.cell,
      line: `${ratioText(paper, need.cell)}: ${met ? "not " : ""}significant at ${need.insignificant * 100}%`
    }
  }
  if ("heading" in need) {
    const headings = cells.filter(({ column, kind, table }) => `${table}.${column}` === need.column && kind === "group").map(({ text }) => text)
    const all = headings.length > 0 ? headings : cells.filter(({ column, table }) => `${table}.${column}` === need.column).map(({ heading }) => heading)
    const met = all.includes(need.heading)
    return {
      verdict: met ? "holds" : "contradiction",
      where: need.column,
      line: `column ${need.column} is headed "${all[0]}"${met ? "" : `, and not "${need.heading}"`}`
    }
  }
  if ("overidentified" in need) {
    const { endogenous = 0, instruments = 0 } = columns.find(({ id }) => id === need.overidentified)!.model
    const met = instruments > endogenous
    return {
      verdict: met ? "holds" : "contradiction",
      where: need.overidentified,
      line: `${instruments} excluded ${instruments === 1 ? "instrument" : "instruments"} for ${endogenous} endogenous ${endogenous === 1 ? "regressor" : "regressors"}: ${instruments - endogenous} restrictions to test${met ? "" : "; a test of the instruments' validity (Sargan, Hansen) has no degree of freedom left"}`
    }
  }
  if ("printed" in need) {
    const found = findCell(cells, need.printed)
    return typeof found === "string"
      ? { verdict: "doubt", where: need.printed, line: `not printed: ${need.printed}` }
      : { verdict: "holds", where: need.printed, line: `printed: ${quoted(found)}` }
  }
  const [larger, smaller] = [cellOf(cells, need.larger), cellOf(cells, need.smaller)]
  const gap = difference(larger.interval, smaller.interval)
  const text = `${quoted(larger)}, ${quoted(smaller)}: their difference is in ${shownInterval(gap)}`
  const where = `${need.larger}, ${need.smaller}`
  if (gap.high <= 0) return { verdict: "contradiction", where, line: `${text}: it is not larger` }
  const errors = [larger, smaller].map((cell) =>
    columns.map((column) => (column.cells.includes(cell) ? cellIn(column, cell.term, "std_error") : undefined)).find((one) => one !== undefined)
  )
  if (errors.some((one) => one === undefined)) return { verdict: "holds", where, line: text }
  const error = squareRoot(sum(square(errors[0]!.interval), square(errors[1]!.interval)))
  const z = quotient(magnitude(gap), error)
  const level = need.level ?? declared.levels[0]!
  const p = pOf(z.high, Number.POSITIVE_INFINITY)
  const met = p <= level
  return {
    verdict: met ? "holds" : "doubt",
    where,
    line: `${text}; its standard error, samples apart, is sqrt(${errors[0]!.printed}² + ${errors[1]!.printed}²), in ${shownInterval(error)}: z at most ${shown(z.high)}, p at least ${shown(p)}`
  }
}

const worst = (verdicts: ReadonlyArray<Find["verdict"]>): Find["verdict"] =>
  verdicts.includes("contradiction") ? "contradiction" : verdicts.includes("doubt") ? "doubt" : "holds"

/** Sentences of the paper against the numbers that they speak of, or the conditions that the paper itself names for them. */
export const claimsCheck = (paper: Paper): ReadonlyArray<Find> =>
  paper.declared.claims.map((claim) => {
    const { but, says, where } = claim
    const judged = needsOf(claim).map((need) => judge(paper, need))
    const found = worst(judged.map((one) => one.verdict))
    const verdict = found === "contradiction" ? claim.verdict : found
    const against = judged.filter((one) => one.verdict !== "holds")
    return {
      check: "claim",
      verdict,
      where: (verdict === "holds" ? judged : against).map((one) => one.where),
      says:
        verdict === "holds" ? `${where}: ${says}` : `${where}: ${says}; ${verdict === "doubt" ? "the numbers do not show it" : "the numbers say otherwise"}`,
      arithmetic: [...judged.map(({ line }) => line), ...(verdict === "holds" || but === undefined ? [] : [but])]
    }
  })
