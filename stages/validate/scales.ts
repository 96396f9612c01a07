import { median } from "../../src/stats/robust.ts"
import type { Change } from "./changes.ts"
import type { CheckedVariable } from "./checked-variable.ts"
import { type Finding, told } from "./finding.ts"

/** Powers of ten between units: decimals, per mille, 千, 万, 百万, 亿. */
const POWERS = [1, 2, 3, 4, 6, 8]
/** How near a ratio must come to a power of ten, in powers: a quarter more or less. */
const NEAR = 0.1
/** A factor counts where it is so many robust standard deviations of what the variable, and the entity, do by themselves. */
const FAR = 6
/** So many years on both sides say where a series stands. */
const AROUND = 3

interface Factor {
  readonly change: Change
  readonly power: number
}

const powerNear = (logRatio: number): number | undefined => {
  const whole = POWERS.find((own) => Math.abs(Math.abs(logRatio) - own) <= NEAR)
  return whole === undefined ? undefined : Math.sign(logRatio) * whole
}
const spreadOf = (logs: ReadonlyArray<number>, center: number): number => (logs.length === 0 ? 0 : 1.4826 * median(logs.map((own) => Math.abs(own - center))))

/** What the years around say of how far a series moved at a change: the median of the years after against that of the years before, growth taken off; and whether it came back at once. */
const course = (changes: ReadonlyArray<Change>, at: number, usual: number): { readonly lasting: number; readonly alone: number } => {
  const { entity, from, to } = changes[at]!
  const own = changes.filter((one) => one.entity === entity)
  const k = own.indexOf(changes[at]!)
  const log = (value: number, year: number) => Math.log10(Math.abs(value)) - usual * year
  const before = own.slice(Math.max(k - AROUND + 1, 0), k + 1).map((one) => log(one.from.value, one.from.year))
  const after = own.slice(k, k + AROUND).map((one) => log(one.to.value, one.to.year))
  const next = own[k + 1]
  return {
    lasting: median(after) - median(before),
    // Against the middle of both neighbours.
    alone: next === undefined ? Number.NaN : log(to.value, to.year) - (log(from.value, from.year) + log(next.to.value, next.to.year)) / 2
  }
}

/** Powers of ten in yearbooks of China. */
const words = (power: number): string => ({ 4: " (万?)", 8: " (亿?)", 3: " (千?)", 6: " (百万?)" })[Math.abs(power)] ?? ""
const times = (power: number): string => (power > 0 ? `${told(10 ** power)} times` : `1/${told(10 ** -power)} of`)

/** A year in which most entities change by one power of ten: another unit from there on. */
const yearFindings = (variable: CheckedVariable, own: ReadonlyArray<Factor>): Finding => {
  const { change, power } = own[0]!
  return {
    code: "scale",
    severity: "warning",
    variable: variable.name,
    entity: "",
    year: change.to.year,
    value: undefined,
    expected: "the unit of the years before",
    score: Math.abs(power),
    found: `${own.length} entities have about ${times(power)} what they had the year before: the unit changed${words(power)}`,
    remedy: "convert the unit of these years where the source is described"
  }
}

/** Cells, or all that follow, that are ten, a hundred, … times what the years around say: a lost decimal point, or another unit. */
export const scaleFindings = (variable: CheckedVariable, changes: ReadonlyArray<Change>): ReadonlyArray<Finding> => {
  const logs = changes.map(({ from, to }) => (from.value * to.value > 0 ? Math.log10(to.value / from.value) / (to.year - from.year) : Number.NaN))
  const known = logs.filter((own) => !Number.isNaN(own))
  if (known.length === 0) return []
  const usual = median(known)
  const spread = spreadOf(known, usual)
  const factors = changes.flatMap((change, at) => {
    const apart = (logs[at]! - usual) * (change.to.year - change.from.year)
    const power = powerNear(apart)
    return power === undefined || Math.abs(apart) <= FAR * spread ? [] : [{ change, power, at }]
  })
  const byYear = new Map<string, Array<(typeof factors)[number]>>()
  for (const one of factors) {
    const key = `${one.change.to.year} ${one.power}`
    const own = byYear.get(key)
    if (own === undefined) byYear.set(key, [one])
    else own.push(one)
  }
  const shared = [...byYear.values()].filter((own) => own.length >= 3 && own.length > changes.filter(({ to }) => to.year === own[0]!.change.to.year).length / 2)
  const inShared = new Set(shared.flat())
  const cells = factors.flatMap((one): ReadonlyArray<Finding> => {
    const { at, change, power } = one
    const { entity, from, to } = change
    if (inShared.has(one) || Math.abs(change.z) <= FAR) return []
    const own = logs.filter((log, i) => changes[i]!.entity === entity && i !== at && !Number.isNaN(log) && powerNear(log - usual) === undefined)
    if (Math.abs(power) <= FAR * spreadOf(own, usual)) return []
    const { alone, lasting } = course(changes, at, usual)
    const single = powerNear(alone) === power
    // The way back from a single cell does not last, and neither does a year of its own.
    if (!single && powerNear(lasting) !== power) return []
    return [
      {
        code: "scale",
        severity: "warning",
        variable: variable.name,
        entity,
        year: to.year,
        value: to.value,
        expected: `about ${told(to.value / 10 ** power)}`,
        score: Math.abs(power),
        found: `${told(to.value)} is about ${times(power)} the ${told(from.value)} of ${from.year}${single ? "; the next year is as before" : ", and the years after stay there"}: ${single ? "a decimal point, or another unit" : "another unit"}${words(power)}`,
        remedy: single ? "look at the cell in the source, and correct it with a reason" : "look at the source's unit from that year on, and convert it"
      }
    ]
  })
  return [...shared.map((own) => yearFindings(variable, own)), ...cells]
}
