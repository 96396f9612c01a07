import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { category, integer, nullable, number } from "../../src/artifact/column.ts"
import { toStoredTable } from "../../src/artifact/output.ts"
import { table } from "../../src/artifact/table-type.ts"
import { joinedMap } from "../../src/cli/joined-map.ts"

const file = "columbus.geojson"
const map = readFileSync(new URL(`../oracle/data/${file}`, import.meta.url), "utf8")
const areas = JSON.parse(map).features as ReadonlyArray<{ readonly properties: { readonly polyid: number }; readonly geometry: unknown }>
const Local = table("Local", { entity: category(), year: integer(), z: nullable(number()) })
const names = areas.map(({ properties }) => String(properties.polyid))
const rowsOf = (entities: ReadonlyArray<string>) =>
  toStoredTable(
    Local,
    {
      entity: entities.flatMap((entity) => [entity, entity]),
      year: Int32Array.from(entities.flatMap(() => [2003, 2004])),
      z: Float64Array.from(entities.flatMap((_, i) => [i === 0 ? Number.NaN : i, 2 * i]))
    },
    []
  )
const join = (entities: ReadonlyArray<string>, options: { readonly id?: string; readonly where?: ReadonlyArray<string>; readonly map?: string } = {}) =>
  joinedMap(rowsOf(entities), { map, file, id: "polyid", where: [], ...options })
const faults = (...given: Parameters<typeof join>) => {
  const joined = join(...given)
  return "faults" in joined ? joined.faults : []
}

describe("a table joined with a map", () => {
  it("has a feature a row: the area's geometry and properties, and the row's cells", () => {
    const joined = join(names, { where: ["year=2003"] })
    if ("faults" in joined) throw new Error(joined.faults.join())
    const { features, type } = JSON.parse(joined.text)
    expect(type).toBe("FeatureCollection")
    expect(features.length).toBe(49)
    expect(features[3]).toEqual({
      type: "Feature",
      properties: { polyid: areas[3]!.properties.polyid, entity: names[3], year: 2003, z: 3 },
      geometry: areas[3]!.geometry
    })
    expect(features[0].properties.z).toBe(null)
    expect(joined.without).toEqual([])
    const all = join(names.slice(1))
    expect("text" in all && JSON.parse(all.text).features.length).toBe(96)
    expect("text" in all && all.without).toEqual([names[0]])
  })
  it("keeps the map's reference system", () => {
    const crs = { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::4490" } }
    const joined = join(names, { map: JSON.stringify({ ...JSON.parse(map), crs }) })
    expect("text" in joined && JSON.parse(joined.text).crs).toEqual(crs)
  })
  it("an entity without an area is named, with what may be meant", () => {
    expect(faults([...names, "4 9"])[0]).toMatch(/^columbus.geojson has no area for "4 9" \(did you mean .*"49".*\?\)$/)
    expect(faults(["Ohio"])).toEqual(['columbus.geojson has no area for "Ohio"'])
  })
  it("tells all that is wrong together: names of areas, conditions", () => {
    expect(faults(names, { id: "name", where: ["yaer=2003", "year=1999", "year"] })).toEqual([
      'columbus.geojson: features have no property "name": name the property that has the entities\' names with --map-id; there are "polyid"',
      '--where yaer=2003: there is no column "yaer"; did you mean "year"? the columns are "entity", "year", "z"',
      "--where year=1999: no row has this value",
      "--where year is no condition: write COLUMN=VALUE"
    ])
    expect(faults(names, { map: "{" })[0]).toMatch(/^columbus.geojson is no JSON: /)
    expect(faults(names, { map: '{"type":"Topology"}' })).toEqual([
      "columbus.geojson is no GeoJSON FeatureCollection with features: it is TopoJSON; convert it"
    ])
    const doubled = JSON.stringify({ type: "FeatureCollection", features: [areas[0], areas[0]] })
    expect(faults(names, { map: doubled })).toEqual([`columbus.geojson has more than one area of the name "${names[0]}"`])
    expect(joinedMap(toStoredTable(table("T", { year: integer() }), { year: Int32Array.of(1) }, []), { map, file, id: "polyid", where: [] })).toEqual({
      faults: ['only a table with a column "entity" can be joined with a map; the columns are "year"']
    })
  })
})
