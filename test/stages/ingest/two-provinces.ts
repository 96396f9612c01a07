import { entitiesOf } from "../panel-tables.ts"
import { column, fileOf, numbers } from "../run-stage.ts"

/** A source and a dictionary of two provinces, for tests of what `ingest` makes of a file. */
const provinces = entitiesOf(["Beijing", "Hebei"], { short_zh: ["北京", "河北"] })
export const inputs = (text: string, path = "data/a.csv") => ({ source: fileOf(path, text), entities: provinces })
export const files = (...texts: ReadonlyArray<readonly [year: number, text: string]>) => ({
  source: texts.map(([year, text]) => fileOf(`data/yearbook/${year}.csv`, text)),
  entities: provinces
})
export const lines = (...rows: ReadonlyArray<string>) => rows.join("\n")
export const zh = { aliases: ["short_zh"] }

/** Rows as `entity year value`. */
export const cells = (output: Parameters<typeof column>[0], name: string) => {
  const year = numbers(output, "year")
  const value = numbers(output, name)
  return Array.from(column(output, "entity") as ReadonlyArray<string>, (who, i) => `${who} ${year[i]} ${value[i]}`)
}
