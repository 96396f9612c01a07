import type { StoredTable } from "../artifact/column.ts"
import { didYouMean } from "../dag/near-matches.ts"
import { type cellValue, cellValues } from "../render/artifact/cell-value.ts"

type Cell = ReturnType<typeof cellValue>
type Json = { readonly [key: string]: unknown }
const isRecord = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value)

interface JoinOptions {
  /** The areas: a GeoJSON FeatureCollection as text, and what the file is called. */
  readonly map: string
  readonly file: string
  /** The property that has the areas' names; their own `id` without it. */
  readonly id: string | undefined
  /** `COLUMN=VALUE` each: only rows with this value. */
  readonly where: ReadonlyArray<string>
}
interface Joined {
  /** A GeoJSON FeatureCollection. */
  readonly text: string
  /** Areas that no row is about; they are left out. */
  readonly without: ReadonlyArray<string>
}

const quoted = (names: Iterable<string>): string => [...new Set(names)].map((name) => `"${name}"`).join(", ")

/** The areas of a map by name, or what is wrong with it. */
const areasOf = ({ file, id, map }: JoinOptions): { readonly areas: ReadonlyMap<string, Json>; readonly crs: unknown } | ReadonlyArray<string> => {
  let document: unknown
  try {
    document = JSON.parse(map)
  } catch (error) {
    return [`${file} is no JSON: ${(error as Error).message}`]
  }
  const features = isRecord(document) && document["type"] === "FeatureCollection" && Array.isArray(document["features"]) ? document["features"] : undefined
  if (features === undefined || features.length === 0 || !features.every(isRecord))
    return [
      `${file} is no GeoJSON FeatureCollection with features${isRecord(document) && document["type"] === "Topology" ? ": it is TopoJSON; convert it" : ""}`
    ]
  const areas = new Map<string, Json>()
  const twice: Array<string> = []
  for (const feature of features) {
    const name = id === undefined ? feature["id"] : isRecord(feature["properties"]) ? feature["properties"][id] : undefined
    if (typeof name !== "string" && typeof name !== "number") {
      const properties = features.flatMap((one) => (isRecord(one["properties"]) ? Object.keys(one["properties"]) : []))
      const lacking = id === undefined ? 'features have no "id"' : `features have no property "${id}"`
      return [`${file}: ${lacking}: name the property that has the entities' names with --map-id; there are ${quoted(properties)}`]
    }
    if (areas.has(String(name))) twice.push(String(name))
    areas.set(String(name), feature)
  }
  return twice.length > 0 ? [`${file} has more than one area of the name ${quoted(twice)}`] : { areas, crs: (document as Json)["crs"] }
}

/** The rows to write, or what is wrong with the conditions. */
const chosenRows = (
  columns: ReadonlyMap<string, ReadonlyArray<Cell>>,
  rows: number,
  where: ReadonlyArray<string>
): ReadonlyArray<number> | ReadonlyArray<string> => {
  const faults: Array<string> = []
  let kept = Array.from({ length: rows }, (_, row) => row)
  for (const condition of where) {
    const at = condition.indexOf("=")
    const [name, value] = [condition.slice(0, at), condition.slice(at + 1)]
    const column = columns.get(name)
    if (at < 1) faults.push(`--where ${condition} is no condition: write COLUMN=VALUE`)
    else if (column === undefined)
      faults.push(`--where ${condition}: there is no column "${name}"; ${didYouMean(name, columns.keys())}the columns are ${quoted(columns.keys())}`)
    else {
      kept = kept.filter((row) => String(column[row]) === value)
      if (!column.some((cell) => String(cell) === value)) faults.push(`--where ${condition}: no row has this value`)
    }
  }
  if (faults.length === 0 && kept.length === 0) faults.push(`no row meets all of ${where.map((one) => `--where ${one}`).join(" ")}`)
  return faults.length > 0 ? faults : kept
}

/**
 * A table joined with the areas of a map by its column `entity`: GeoJSON with a feature a row, whose geometry is the area's and whose properties are those of the area
 * and the row's cells. What is wrong is told all together.
 */
export const joinedMap = (table: StoredTable, options: JoinOptions): Joined | { readonly faults: ReadonlyArray<string> } => {
  const columns = new Map(table.columns.map((column) => [column.name, cellValues(column, table.rows)]))
  const entity = columns.get("entity")
  if (entity === undefined) return { faults: [`only a table with a column "entity" can be joined with a map; the columns are ${quoted(columns.keys())}`] }
  const read = areasOf(options)
  const rows = chosenRows(columns, table.rows, options.where)
  const wrong = [...(Array.isArray(read) ? (read as ReadonlyArray<string>) : []), ...rows.filter((row) => typeof row === "string")]
  if (wrong.length > 0 || !("areas" in read)) return { faults: wrong }
  const { areas, crs } = read
  const chosen = rows as ReadonlyArray<number>
  const named = new Set(chosen.map((row) => String(entity[row])))
  const lacking = [...named].filter((name) => !areas.has(name))
  if (lacking.length > 0) {
    const told = lacking.map(
      (name) =>
        `"${name}"${didYouMean(name, areas.keys())
          .trimEnd()
          .replace(/^(.+)$/, " ($1)")}`
    )
    return { faults: [`${options.file} has no area for ${told.join(", ")}`] }
  }
  const features = chosen.map((row) => {
    const { geometry, properties } = areas.get(String(entity[row]))!
    const cellsOfRow = Object.fromEntries([...columns].map(([name, column]) => [name, column[row]]))
    return JSON.stringify({ type: "Feature", properties: { ...(isRecord(properties) ? properties : {}), ...cellsOfRow }, geometry: geometry ?? null })
  })
  const head = `{"type":"FeatureCollection",${crs === undefined ? "" : `"crs":${JSON.stringify(crs)},`}"features":[\n`
  return { text: `${head}${features.join(",\n")}\n]}\n`, without: [...areas.keys()].filter((name) => !named.has(name)) }
}
