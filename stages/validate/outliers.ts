import { robustScale, tukeyFences } from "../../src/stats/robust.ts"
import { type Cell, type CheckedVariable, onScale } from "./checked-variable.ts"
import { type Finding, told } from "./finding.ts"

/** Years of fewer entities say nothing of what is usual. */
const ENTITIES = 8

interface Placed {
  readonly entity: string
  readonly cell: Cell
  readonly at: number
}

const byYear = (variable: CheckedVariable): ReadonlyMap<number, ReadonlyArray<Placed>> => {
  const years = new Map<number, Array<Placed>>()
  for (const { cells, entity } of variable.series)
    for (const cell of cells) {
      const at = onScale(variable, cell.value)
      if (at === undefined) continue
      const own = years.get(cell.year)
      if (own === undefined) years.set(cell.year, [{ entity, cell, at }])
      else own.push({ entity, cell, at })
    }
  return years
}

const REMEDY = "it may well be so: look at the entity, and at the model without it"

/** Values far from the median of their year over entities, and values beyond Tukey's fences of it. */
export const outlierFindings = (variable: CheckedVariable, outliers: number | false, fences: number | false): ReadonlyArray<Finding> =>
  [...byYear(variable)].flatMap(([year, placed]) => {
    if (placed.length < ENTITIES) return []
    const values = placed.map(({ at }) => at)
    const back = (at: number): string => told(variable.log ? Math.exp(at) : at)
    const { center, scale } = robustScale(values)
    const [low, high] = tukeyFences(values, fences === false ? 0 : fences)
    const distance = high > low && fences !== false ? (high - low) / (1 + 2 * fences) : 0
    return placed.flatMap(({ at, cell, entity }): ReadonlyArray<Finding> => {
      const shared = { severity: "note" as const, variable: variable.name, entity, year, value: cell.value, remedy: REMEDY }
      const z = scale === 0 ? 0 : Math.abs(at - center) / scale
      const beyond = distance === 0 ? 0 : Math.max(low - at, at - high) / distance
      return [
        ...(outliers !== false && z > outliers
          ? [
              {
                ...shared,
                code: "outlier",
                expected: `near ${back(center)}, the median of ${placed.length}`,
                score: z,
                found: `${told(cell.value)} is ${z.toFixed(1)} robust standard deviations from the year's median, ${back(center)}`
              }
            ]
          : []),
        ...(beyond > 0
          ? [
              {
                ...shared,
                code: "beyond-fences",
                expected: `between ${back(low)} and ${back(high)}`,
                score: (fences as number) + beyond,
                found: `${told(cell.value)} lies beyond Tukey's fences of the year, ${back(low)} to ${back(high)}`
              }
            ]
          : [])
      ]
    })
  })
