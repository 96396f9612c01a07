import type { Fault } from "@sediment/sediment"

/** A variable, or an expression's value: NaN where missing; `filled` is 1 where it rests on a filled cell; the unit is "" where it is not known. */
export interface Series {
  readonly values: Float64Array
  readonly filled: Uint8Array
  readonly unit: string
}

/** What a derived variable is evaluated over, and where its faults are told. */
export interface Scene {
  /** The derived variable's name. */
  readonly name: string
  readonly entity: ReadonlyArray<string>
  readonly year: Int32Array
  /** The row of an entity's year. */
  readonly rowOf: (entity: string, year: number) => number | undefined
  readonly variable: (name: string) => Series
  readonly faults: Array<Fault>
}

/** Tells a fault at one row. */
export const faultAt = (scene: Scene, row: number, code: string, found: string, value: number, remedy: string): void => {
  const entity = scene.entity[row]!
  const year = scene.year[row]!
  const message = `${scene.name}: ${found} for ${entity} in ${year}; ${remedy}`
  scene.faults.push({ code, message, where: { column: scene.name, entity, year, value: String(value) } })
}

/** The masks together: 1 where either is. */
export const either = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((cell, row) => cell | b[row]!)
