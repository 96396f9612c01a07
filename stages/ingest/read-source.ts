/** Reads the files of a source, as it is described, into the columns of a panel. */
import { didYouMean, type Fault, type SourceFile, Stage, type StageFailure } from "@sediment/sediment"
import { Effect, Result } from "effect"
import { failTogether } from "../fail-together.ts"
import { integerRanges } from "../integer-ranges.ts"
import { outsideAreas, partsOf } from "./areas.ts"
import { corrections } from "./corrections.ts"
import { entityLookup } from "./entity-lookup.ts"
import type { EntityNames } from "./entity-names.ts"
import { outsideExistence } from "./existence.ts"
import { farYears } from "./far-years.ts"
import { labelOf } from "./fields.ts"
import { missingPairs } from "./missing-pairs.ts"
import { Observations } from "./observations.ts"
import { chosenSheets, openFile, unreadable } from "./open-file.ts"
import { placeInWords } from "./place.ts"
import { readSheet } from "./read-sheet.ts"
import type { Reading } from "./reading.ts"
import type { Layout } from "./sheet-plan.ts"
import { listed, shown } from "./shown.ts"
import type { Correction, Splice } from "./source-params.ts"
import { splice } from "./splices.ts"
import { unitFactors } from "./unit-factors.ts"

/** Declared variables that no row names, where rows name them. */
const missingLabels = (path: string, { description, labels }: Reading, read: (variable: string) => boolean): ReadonlyArray<Fault> => {
  const column = description.long?.variable ?? (description.variable === undefined ? undefined : placeInWords(description.variable))
  if (column === undefined || labels.size === 0) return []
  const known = [...labels].sort()
  return Object.entries(description.variables)
    .filter(([name]) => !read(name))
    .map(([name, variable]): Fault => {
      const label = labelOf(name, variable)
      const message = `${path}: no row has "${label}" in ${description.long === undefined ? column : `the column "${column}"`}; ${didYouMean(label, labels)}the variables are: ${listed(known)}`
      return { code: "missing-variable", message, where: { file: path, column, value: label } }
    })
}

/** The rows that were left out for their names, which are told with their number. */
const passedOver = (path: string, rows: ReadonlyMap<string, number>): Fault | undefined => {
  if (rows.size === 0) return undefined
  const count = [...rows.values()].reduce((sum, one) => sum + one, 0)
  const names = listed(
    [...rows].map(([text, number]) => `"${shown(text, 40)}" (${number})`),
    12,
    "more names"
  )
  const message = `${path}: ${count === 1 ? "1 row that is" : `${count} rows that are`} no entity of the study ${count === 1 ? "is" : "are"} passed over: ${names}`
  return { code: "passed-over", message, where: { file: path } }
}

/** Faults in the order of a file's rows, and then those of the whole file. */
const byRow = (a: Fault, b: Fault): number => (a.where?.row ?? Number.MAX_SAFE_INTEGER) - (b.where?.row ?? Number.MAX_SAFE_INTEGER)

export interface SourceRead {
  readonly observations: Observations
  readonly unitOf: (variable: string) => string
}

/** What messages call several files as a whole: what their paths begin with. */
const together = (paths: ReadonlyArray<string>): string => {
  const [first = "", ...others] = paths
  if (others.length === 0) return first
  const folder = first.slice(0, first.lastIndexOf("/") + 1)
  return others.every((path) => path.startsWith(folder)) && folder !== "" ? folder : `${first} and ${others.length} more`
}

/** The most cells of which it is told unasked where each was read. */
const mostPlaces = 1_000_000

/** Counts the cells whose places are kept, and lets them go where they are too many. */
const placesOf = (origins: boolean | undefined, observations: Observations): Reading["places"] => {
  let kept = 0
  return {
    wanted: () => {
      if (origins !== undefined) return origins
      if (kept > mostPlaces) return false
      if (++kept > mostPlaces) observations.forgetPlaces()
      return kept <= mostPlaces
    },
    leftOut: () => kept > mostPlaces
  }
}

/** Reads a source: one file, or several that are laid out alike. Fails with all that is wrong in them together. */
export const readSource = (
  files: ReadonlyArray<SourceFile>,
  names: EntityNames,
  description: Layout & { readonly corrections?: ReadonlyArray<Correction>; readonly splices?: ReadonlyArray<Splice> }
): Effect.Effect<SourceRead, StageFailure> =>
  Effect.gen(function* () {
    const name = together(files.map(({ path }) => path))
    const observations = new Observations(Object.keys(description.variables))
    const faults: Array<Fault> = []
    const reading: Reading = {
      description,
      entities: names.entities,
      lookup: entityLookup(names, description.passOver, description.marks, description.names),
      units: unitFactors(description.variables),
      corrections: corrections(description.corrections ?? [], names, name),
      observations,
      faults,
      warnings: [],
      meant: new Set(),
      sheets: [],
      places: placesOf(description.origins, observations),
      labels: new Set()
    }
    for (const file of files) {
      const result = yield* Effect.result(openFile(file, description))
      if (Result.isFailure(result)) {
        faults.push(...result.failure.faults)
        continue
      }
      const opened = result.success
      reading.warnings.push(...opened.warnings)
      const sheets = chosenSheets(file.path, opened, description.sheets, faults)
      yield* Effect.try({
        try: () => {
          for (const sheet of sheets) {
            for (const part of partsOf(sheet, description.areas)) readSheet(part, file.path, opened.ragged, reading)
            const left = outsideAreas(sheet, { path: file.path, sheet: sheet.name }, description.areas)
            if (left !== undefined) reading.warnings.push(left)
          }
        },
        catch: unreadable
      })
    }
    faults.push(...reading.lookup.faults(), ...reading.units.faults)
    const given = (variable: string) => observations.entity.some((_, row) => observations.placeOf(variable, row) !== undefined)
    faults.push(...missingLabels(name, reading, given), ...reading.corrections.faults())
    if (faults.length === 0) splice(observations, description.splices ?? [], names.entities, name, faults)
    if (description.years !== undefined && description.balanced) faults.push(...missingPairs(name, observations, reading.meant, names, description.years))
    yield* failTogether([...faults].sort(byRow))
    if (reading.places.leftOut()) {
      const message = `${name}: it has more than ${mostPlaces} cells, so where each was read is left out; say origins: true if you want it`
      reading.warnings.push({ code: "origins-left-out", message, where: { file: name, parameter: "origins" } })
    }
    for (const warning of reading.warnings) yield* Stage.warn(warning)
    const over = passedOver(name, reading.lookup.passedOver())
    if (over !== undefined) yield* Stage.warn(over)
    const before = outsideExistence(name, observations, names)
    if (before !== undefined) yield* Stage.warn(before)
    const far = farYears(name, observations, names)
    if (far !== undefined) yield* Stage.warn(far)
    if (description.yearIs === "edition") {
      const years = integerRanges([...new Set(observations.year)].sort((a, b) => a - b))
      const place = placeInWords(description.year)
      const message = `${name}: ${place} holds editions; the data are of ${years}, each a year before its edition`
      yield* Stage.warn({
        code: "edition-years",
        message,
        where: { file: name, ...(typeof description.year === "string" ? { column: description.year } : {}) }
      })
    }
    return { observations, unitOf: reading.units.unitOf }
  })
