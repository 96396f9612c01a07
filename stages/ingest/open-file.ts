/** Opens a table's file for a stage: what is wrong with it is the stage's failure. */
import { didYouMean, type Fault, type SourceFile, StageFailure } from "@sediment/sediment"
import { Effect } from "effect"
import { type ReadFile, type ReadOptions, readSheets } from "../../src/tabular/read-sheets.ts"
import { type Sheet, UnreadableFile } from "../../src/tabular/sheet.ts"
import { listed } from "./shown.ts"

/** The failure of a stage whose file cannot be read. */
export const unreadable = (error: unknown): StageFailure => {
  if (!(error instanceof UnreadableFile)) throw error
  const [first, ...others] = error.faults
  return new StageFailure({ faults: [first!, ...others] })
}

export const openFile = (file: SourceFile, options: ReadOptions): Effect.Effect<ReadFile, StageFailure> =>
  Effect.tryPromise({ try: () => readSheets(file, options), catch: unreadable })

const holdsAnything = ({ rows }: Sheet): boolean => {
  try {
    for (const _ of rows) return true
    return false
  } catch (error) {
    // What cannot be read is told when its rows are read.
    if (error instanceof UnreadableFile) return true
    throw error
  }
}

/** The sheets of a file that are to be read: those named, or all, or else the only one that holds anything. What is not there is told in `faults`. */
export const chosenSheets = (
  path: string,
  { sheets }: ReadFile,
  wanted: "all" | ReadonlyArray<string> | undefined,
  faults: Array<Fault>
): ReadonlyArray<Sheet> => {
  const names = sheets.map(({ name }) => name)
  const all = listed(names.map((name) => `"${name}"`))
  if (wanted === undefined) {
    const full = sheets.filter(holdsAnything)
    if (full.length > 1) {
      const message = `${path}: the file has ${full.length} sheets with something in them, expected one; say which: sheets: "all", or a list of ${all}`
      faults.push({ code: "several-sheets", message, where: { file: path, parameter: "sheets", value: listed(names) } })
      return []
    }
    return full.length === 0 ? sheets.slice(0, 1) : full
  }
  if (wanted === "all") return sheets.filter(holdsAnything)
  return wanted.flatMap((name) => {
    const found = sheets.find((sheet) => sheet.name === name)
    if (found !== undefined) return [found]
    const message = `${path}: there is no sheet "${name}"; ${didYouMean(name, names)}the sheets are: ${all}`
    faults.push({ code: "missing-sheet", message, where: { file: path, parameter: "sheets", value: name } })
    return []
  })
}

/** The one sheet of a file that holds anything. */
export const theSheet = (path: string, file: ReadFile): Effect.Effect<Sheet, StageFailure> =>
  Effect.suspend(() => {
    const faults: Array<Fault> = []
    const [sheet] = chosenSheets(path, file, undefined, faults)
    if (sheet !== undefined) return Effect.succeed(sheet)
    return Effect.fail(new StageFailure({ faults: [faults[0] ?? { code: "empty-file", message: `${path}: there is no table in it`, where: { file: path } }] }))
  })
