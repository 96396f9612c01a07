import { readFileSync } from "node:fs"
import { Effect, Option } from "effect"
import * as Flag from "effect/cli/Flag"
import type { StoredTable } from "../artifact/column.ts"
import { CliFailure, usage } from "../workspace/failure.ts"
import { joinedMap } from "./joined-map.ts"
import { tellWritten, writeOutput } from "./output-file.ts"

/** The flags of `show` that join a table with a map. */
export const mapFlags = {
  map: Flag.String("map").pipe(
    Flag.withMetavar("AREAS.geojson"),
    Flag.withDescription("with -o FILE.geojson: join the table's rows by entity with the areas of this GeoJSON file, a feature a row"),
    Flag.optional
  ),
  mapId: Flag.String("map-id").pipe(
    Flag.withMetavar("PROPERTY"),
    Flag.withDescription("of --map: the property of the areas that has the entities' names (default: their id)"),
    Flag.optional
  ),
  where: Flag.String("where").pipe(
    Flag.withMetavar("COLUMN=VALUE"),
    Flag.withDescription("of --map: only rows with this value, year=2021 say; may be given several times, all must hold"),
    Flag.atLeast(0)
  )
}

/** Areas that a line names. */
const NAMED = 8

interface MapFlags {
  readonly json: boolean
  readonly output: string
  readonly map: Option.Option<string>
  readonly mapId: Option.Option<string>
  readonly where: ReadonlyArray<string>
}

/** Writes the table joined with a map, if that is asked for; tells which areas have no row. */
export const writeOnMap = (table: StoredTable, flags: MapFlags): Effect.Effect<boolean, CliFailure> =>
  Effect.gen(function* () {
    const geojson = flags.output.toLowerCase().endsWith(".geojson")
    if (geojson && Option.isNone(flags.map))
      return yield* usage("format", `cannot write ${flags.output}: GeoJSON needs areas; name a GeoJSON file of them with --map (and their names with --map-id)`)
    if (Option.isNone(flags.map)) {
      if (Option.isNone(flags.mapId) && flags.where.length === 0) return false
      return yield* usage("flags", "--map-id and --where go with --map AREAS.geojson -o FILE.geojson")
    }
    if (!geojson) return yield* usage("flags", "--map goes with -o FILE.geojson")
    const file = flags.map.value
    const map = yield* Effect.try({
      try: () => readFileSync(file, "utf8"),
      catch: (error) => usage("map", `cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`)
    })
    const joined = joinedMap(table, { map, file, id: Option.getOrUndefined(flags.mapId), where: flags.where })
    if ("faults" in joined) return yield* new CliFailure({ exitCode: 2, errors: joined.faults.map((message) => ({ code: "map", message })) })
    yield* writeOutput(flags.output, joined.text)
    if (!flags.json) tellWritten([flags.output])
    const { without } = joined
    const named = without.length <= NAMED ? without.join(", ") : `${without.slice(0, NAMED).join(", ")} and ${without.length - NAMED} more`
    if (without.length > 0) process.stderr.write(`sediment: areas of ${file} without a row are left out: ${named}\n`)
    return true
  })
