import { either, faultAt, type Scene, type Series } from "./series.ts"

/** An index of which each year is on the base of the year before (= 100), chained to a level within each entity; missing beyond a missing year. */
const chain = (scene: Scene, index: Float64Array, base: number): Float64Array => {
  const level = new Float64Array(index.length).fill(Number.NaN)
  for (const entity of new Set(scene.entity)) {
    const start = scene.rowOf(entity, base)
    if (start === undefined) continue
    level[start] = 1
    let row: number | undefined = start
    for (let year = base + 1; (row = scene.rowOf(entity, year)) !== undefined; year++) level[row] = level[scene.rowOf(entity, year - 1)!]! * (index[row]! / 100)
    row = start
    for (let year = base - 1; row !== undefined; year--) {
      const earlier = scene.rowOf(entity, year)
      if (earlier !== undefined) level[earlier] = level[row]! / (index[row]! / 100)
      row = earlier
    }
  }
  return level
}

/** A value in prices of the base year: value_t * level_base / level_t within the entity, of a positive price index. An entity without the base year is a fault. */
export const deflate = (scene: Scene, value: Series, index: Series, base: number, indexIs: "level" | "previous-year"): Series => {
  index.values.forEach((x, row) => {
    if (x <= 0) faultAt(scene, row, "nonpositive-index", `a price index of ${x}`, x, "it must be above 0: correct it")
  })
  for (const entity of new Set(scene.entity)) {
    const row = scene.rowOf(entity, base)
    if (row !== undefined && (indexIs === "previous-year" || !Number.isNaN(index.values[row]!))) continue
    const message = `${scene.name}: ${entity} has no price index for the base year ${base}: choose a base year that every entity has`
    scene.faults.push({ code: "no-base-year", message, where: { column: scene.name, entity, year: base } })
  }
  const level = indexIs === "level" ? index.values : chain(scene, index.values, base)
  return {
    values: value.values.map((x, row) => {
      const baseRow = scene.rowOf(scene.entity[row]!, base)
      return baseRow === undefined ? Number.NaN : (x * level[baseRow]!) / level[row]!
    }),
    filled: either(value.filled, index.filled),
    unit: value.unit === "" ? "" : `${value.unit}, prices of ${base}`
  }
}
