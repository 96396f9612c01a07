import { FileFault, type LineFault, refuseFaults } from "./file-fault.ts"

/** An area: its name, and the rings of its polygons, outer ones and holes alike, as x, y, x, y, … */
export interface Shape {
  readonly id: string
  readonly rings: ReadonlyArray<Float64Array>
}
export interface ShapesOptions {
  /** The property of the features that has their names; their own `id` where it is not given. */
  readonly id?: string
  /** Of a TopoJSON topology with several: the object to take. */
  readonly object?: string
}

type Json = { readonly [key: string]: unknown }
const isRecord = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value)
const listOf = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

/** A list of positions, of which the first two numbers count, as x, y, x, y, …; undefined where something else is in it. */
const flat = (positions: unknown): Float64Array | undefined => {
  const list = listOf(positions)
  const points = list.map((position) => listOf(position).slice(0, 2))
  return list.length > 0 && points.every((point) => point.length === 2 && point.every((x) => typeof x === "number" && Number.isFinite(x)))
    ? Float64Array.from(points.flat() as ReadonlyArray<number>)
    : undefined
}

/** The rings of a polygon or several, each read by `ring`; undefined where a geometry is no area or a ring cannot be read. */
const ringsOf = (geometry: Json, key: "coordinates" | "arcs", ring: (value: unknown) => Float64Array | undefined): ReadonlyArray<Float64Array> | undefined => {
  const values = geometry["type"] === "Polygon" ? listOf(geometry[key]) : geometry["type"] === "MultiPolygon" ? listOf(geometry[key]).flatMap(listOf) : []
  const rings = values.map(ring)
  return rings.length > 0 && rings.every((one) => one !== undefined) ? rings : undefined
}

/** Every arc of a topology in coordinates: its positions are differences where it was quantised. */
const arcsOf = (topology: Json): ReadonlyArray<Float64Array | undefined> => {
  const transform = isRecord(topology["transform"]) ? topology["transform"] : undefined
  return listOf(topology["arcs"]).map((arc) => {
    const points = flat(arc)
    if (points === undefined || transform === undefined) return points
    const [scale, translate] = [listOf(transform["scale"]), listOf(transform["translate"])] as [ReadonlyArray<number>, ReadonlyArray<number>]
    const at = [0, 0]
    return points.map((step, k) => (at[k % 2]! += step) * scale[k % 2]! + translate[k % 2]!)
  })
}

/** A ring of a topology: arcs one after another, those with ~i backwards; where two meet, their common point counts once. */
const joined = (indices: unknown, arcs: ReadonlyArray<Float64Array | undefined>): Float64Array | undefined => {
  const points: Array<number> = []
  for (const index of listOf(indices)) {
    const arc = typeof index === "number" ? arcs[index < 0 ? ~index : index] : undefined
    if (arc === undefined) return undefined
    const order = Array.from({ length: arc.length / 2 }, (_, k) => ((index as number) < 0 ? arc.length / 2 - 1 - k : k))
    for (const k of points.length === 0 ? order : order.slice(1)) points.push(arc[2 * k]!, arc[2 * k + 1]!)
  }
  return points.length === 0 ? undefined : Float64Array.from(points)
}

/** The members of a GeoJSON feature collection or of an object of a topology, with how each is named and drawn. */
const membersOf = (
  file: Json,
  object: string | undefined
): { readonly members: ReadonlyArray<unknown>; readonly rings: (member: Json) => ReadonlyArray<Float64Array> | undefined } => {
  const refuse = (message: string) => new FileFault([{ code: "no-shapes", message }])
  if (file["type"] === "FeatureCollection")
    return {
      members: listOf(file["features"]),
      rings: ({ geometry }) => (isRecord(geometry) ? ringsOf(geometry, "coordinates", flat) : undefined)
    }
  if (file["type"] !== "Topology") throw refuse(`found a "${file["type"]}", expected a GeoJSON FeatureCollection or a TopoJSON Topology; export one`)
  const objects = isRecord(file["objects"]) ? file["objects"] : {}
  const names = Object.keys(objects)
  const name = object ?? (names.length === 1 ? names[0] : undefined)
  const collection = name === undefined ? undefined : objects[name]
  if (!isRecord(collection) || collection["type"] !== "GeometryCollection")
    throw refuse(
      `${object === undefined ? "the topology has not one object of areas alone" : `the topology has no object "${object}" of areas`}; name one as object: ${names.join(", ")}`
    )
  const arcs = arcsOf(file)
  return { members: listOf(collection["geometries"]), rings: (member) => ringsOf(member, "arcs", (indices) => joined(indices, arcs)) }
}

/**
 * The areas of a GeoJSON FeatureCollection or a TopoJSON Topology, of Polygons and MultiPolygons, holes included. All that is wrong is thrown together as a `FileFault`, features
 * counted from 1: no name under `id`, a name that two have, a geometry that is no area or has a coordinate that is no number.
 */
export const readShapes = (text: string, { id, object }: ShapesOptions = {}): ReadonlyArray<Shape> => {
  let file: unknown
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ""))
  } catch (error) {
    throw new FileFault([{ code: "no-json", message: `not JSON: ${(error as Error).message}` }])
  }
  const { members, rings } = membersOf(isRecord(file) ? file : {}, object)
  const faults: Array<LineFault> = []
  const seen = new Map<string, number>()
  const shapes = members.map((value, at): Shape => {
    const member = isRecord(value) ? value : {}
    const properties = isRecord(member["properties"]) ? member["properties"] : {}
    const name = id === undefined ? member["id"] : properties[id]
    const of = `feature ${at + 1}`
    const told = typeof name === "string" || typeof name === "number" ? String(name).trim() : ""
    if (told === "")
      faults.push({
        code: "no-name",
        message: `${of}: ${id === undefined ? "it has no id; say which property has the names" : `it has no name in the property "${id}"`}; its properties are: ${Object.keys(properties).join(", ")}`
      })
    else if (seen.has(told))
      faults.push({ code: "unit-twice", message: `${of}: "${told}" is feature ${seen.get(told)} already; make one MultiPolygon of both` })
    else seen.set(told, at + 1)
    const found = rings(member)
    if (found === undefined)
      faults.push({
        code: "no-area",
        message: `${of}${told === "" ? "" : ` ("${told}")`}: expected a Polygon or a MultiPolygon of finite coordinates; correct it or take it out`
      })
    return { id: told, rings: found ?? [] }
  })
  if (shapes.length === 0) faults.push({ code: "no-shapes", message: "there is no feature in the file" })
  refuseFaults(faults)
  return shapes
}
