/** What a file's values are multiplied by, to be in the units that are declared. */
import type { Fault } from "@sediment/sediment"
import type { Given, SourceVariable } from "./source-params.ts"
import { conversion } from "./unit.ts"

/** Of one variable in one unit of the file: the factor, and the unit that it comes from where there is any change. */
export interface Converted {
  readonly factor: number
  readonly from: string | undefined
}

export interface UnitFactors {
  /** The factor of a value of `variable` for the data year, where the sheet says that it is in `told`, and the cell itself perhaps that it is in `written`, which counts more than what is given. A unit that cannot be converted is a fault, once. */
  readonly of: (variable: string, told: string | undefined, year: number, place: string, written?: string) => Converted
  /** The unit of a variable that declares none: the one that the file tells. */
  readonly unitOf: (variable: string) => string
  readonly faults: ReadonlyArray<Fault>
}

const asIs: Converted = { factor: 1, from: undefined }

/** The unit that is given for a year; undefined where units are given, but not for this year. */
const givenFor = (given: SourceVariable["given"], year: number): Given | undefined =>
  typeof given === "string" ? { unit: given } : given?.find(({ from, to }) => (from === undefined || year >= from) && (to === undefined || year <= to))

export const unitFactors = (variables: Readonly<Record<string, SourceVariable>>): UnitFactors => {
  const faults: Array<Fault> = []
  const known = new Map<string, Converted>()
  const undeclared = new Map<string, string>()
  const tell = (name: string, message: string, value: string, expected: string): Converted => {
    faults.push({ code: "unit-mismatch", message, where: { column: name, value, expected } })
    return asIs
  }
  const convert = (name: string, told: string | undefined, year: number, place: string, written: string | undefined): Converted => {
    const { given, unit } = variables[name]!
    const own = given === undefined ? undefined : givenFor(given, year)
    if (given !== undefined && own === undefined && written === undefined)
      return tell(name, `${place}: ${name} has no given unit for ${year}: add it to given`, String(year), "a given unit for each year")
    // What the file says beside the column stands against what is given for it: 万件 is not 件.
    const says = told === undefined || told === "" || own === undefined || written !== undefined ? 1 : conversion(told, own.unit)
    if (own !== undefined && (says === undefined || (says !== 1 && own.factor === undefined))) {
      const remedy =
        own.factor === undefined ? "take given out, so that the file's unit counts, or correct it" : "correct given, or say for which years it holds"
      return tell(name, `${place}: the file says that ${name} is in "${told}", given says "${own.unit}": ${remedy}`, told!, own.unit)
    }
    if (own?.factor !== undefined && written === undefined) return { factor: own.factor * (says ?? 1), from: says === 1 ? own.unit : told }
    const from = written ?? own?.unit ?? told
    if (from === undefined || from === "") return asIs
    if (unit === "") {
      const first = undeclared.get(name) ?? from
      undeclared.set(name, first)
      const factor = conversion(from, first)
      if (factor === 1) return asIs
      return tell(name, `${place}: ${name} is in "${from}" here and in "${first}" elsewhere: declare its unit, which both are then brought to`, from, first)
    }
    const factor = conversion(from, unit)
    if (factor !== undefined) return factor === 1 ? asIs : { factor, from }
    return tell(
      name,
      `${place}: found ${name} in "${from}", expected "${unit}"; the two are not known to be multiples of each other: correct the unit, or give the factor, given: [{ unit: "${from}", factor: … }]`,
      from,
      unit
    )
  }
  return {
    of: (variable, told, year, place, written) => {
      const key = JSON.stringify([variable, told ?? "", written ?? "", typeof variables[variable]!.given === "object" ? year : ""])
      let converted = known.get(key)
      if (converted === undefined) known.set(key, (converted = convert(variable, told, year, place, written)))
      return converted
    },
    unitOf: (variable) => variables[variable]!.unit || (undeclared.get(variable) ?? ""),
    faults
  }
}
