import type { Fault } from "@sediment/sediment"
import { cellFault, readNumber } from "./cell.ts"
import { columnIndex } from "./header.ts"
import type { TableRecords } from "./records.ts"

interface Coordinates {
  /** The file's headers of latitude and longitude; none where the file has no coordinates. */
  readonly headers: ReadonlyArray<string>
  /** A value a record, in degrees; NaN where the record has no coordinates. */
  readonly latitude: Float64Array
  readonly longitude: Float64Array
}

/**
 * The coordinates of a dictionary. Headers that the parameters do not name are `latitude` and `longitude`; a file with neither has no coordinates. A
 * header that is named and missing, one of the two without the other, and a cell that is no number of degrees are told in `faults`.
 */
export const readCoordinates = (file: TableRecords, named: { readonly latitude?: string; readonly longitude?: string }, faults: Array<Fault>): Coordinates => {
  const headers = [named.latitude ?? "latitude", named.longitude ?? "longitude"] as const
  const none = () => new Float64Array(file.records.length).fill(Number.NaN)
  if (named.latitude === undefined && named.longitude === undefined && !headers.some((header) => file.headers.includes(header)))
    return { headers: [], latitude: none(), longitude: none() }
  // Of a cell: NaN where it is missing, undefined where it is wrong.
  const degrees = (header: string, limit: number): ReadonlyArray<number | undefined> | undefined => {
    const index = columnIndex(file, header, faults)
    if (index === -1) return undefined
    return file.records.map((record) => {
      const told = faults.length
      const value = readNumber(file, record, index, header, { unit: "", description: "", min: -limit, max: limit }, faults)
      return faults.length === told ? value : undefined
    })
  }
  const latitude = degrees(headers[0], 90)
  const longitude = degrees(headers[1], 180)
  if (latitude === undefined || longitude === undefined) return { headers, latitude: none(), longitude: none() }
  file.records.forEach(({ row }, i) => {
    const absent = [latitude, longitude].map((values) => Number.isNaN(values[i]))
    if (absent[0] === absent[1]) return
    const header = headers[absent[0] === true ? 0 : 1]
    faults.push(cellFault("half-coordinate", file, row, header, "", "decimal degrees beside the other coordinate", "fill it in, or leave both empty"))
  })
  const known = (values: ReadonlyArray<number | undefined>) => Float64Array.from(values, (value) => value ?? Number.NaN)
  return { headers, latitude: known(latitude), longitude: known(longitude) }
}
