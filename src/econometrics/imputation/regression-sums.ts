/**
 * The regressors of a panel in two parts: `own`, whose coefficients each entity has of its own (none, its effect, its line), and `shared`, whose coefficients are of all. Most shared ones are indicators: where they are zero they cost nothing.
 */
export interface PanelRegressors {
  readonly entity: Int32Array
  readonly entities: number
  readonly own: ReadonlyArray<Float64Array>
  readonly shared: ReadonlyArray<Float64Array>
}

/** Sums of products over rows: of own regressors within each entity (entities x b x b), of own with shared ones (entities x b x q), of shared ones (q x q). So the size grows with the entities, not with their square. */
export interface Sums {
  readonly own: Float64Array
  readonly cross: Float64Array
  readonly shared: Float64Array
}

/** The products of a regression: those of its regressors, and with what it explains. */
export interface RegressionSums extends Sums {
  readonly entities: number
  readonly b: number
  readonly q: number
  readonly ownY: Float64Array
  readonly sharedY: Float64Array
}

const addRow = ({ entity, own, shared }: PanelRegressors, { cross, own: within, shared: all }: Sums, row: number, sign: 1 | -1, places: Int32Array): void => {
  const [b, q] = [own.length, shared.length]
  const e = entity[row]!
  let filled = 0
  for (let a = 0; a < q; a++) if (shared[a]![row] !== 0) places[filled++] = a
  for (let i = 0; i < b; i++) {
    const value = sign * own[i]![row]!
    for (let k = 0; k < b; k++) within[(e * b + i) * b + k] = within[(e * b + i) * b + k]! + value * own[k]![row]!
    const line = (e * b + i) * q
    for (let k = 0; k < filled; k++) cross[line + places[k]!] = cross[line + places[k]!]! + value * shared[places[k]!]![row]!
  }
  for (let i = 0; i < filled; i++) {
    const line = places[i]! * q
    const value = sign * shared[places[i]!]![row]!
    for (let k = 0; k < filled; k++) all[line + places[k]!] = all[line + places[k]!]! + value * shared[places[k]!]![row]!
  }
}

/** The sums over all rows. */
export const sumsOf = (regressors: PanelRegressors): Sums => {
  const { entities, entity, own, shared } = regressors
  const [b, q] = [own.length, shared.length]
  const sums = { own: new Float64Array(entities * b * b), cross: new Float64Array(entities * b * q), shared: new Float64Array(q * q) }
  const places = new Int32Array(q)
  for (let row = 0; row < entity.length; row++) addRow(regressors, sums, row, 1, places)
  return sums
}

/** Brings sums up to date after the values of one shared column changed in some rows; `before` are its values there. */
export const replaceValues = (
  sums: Sums,
  { entity, own, shared }: PanelRegressors,
  column: number,
  rows: ReadonlyArray<number>,
  before: Float64Array
): void => {
  const [b, q] = [own.length, shared.length]
  const add = (into: Float64Array, at: number, value: number): void => {
    into[at] = into[at]! + value
  }
  rows.forEach((row, i) => {
    const now = shared[column]![row]!
    const change = now - before[i]!
    for (let k = 0; k < b; k++) add(sums.cross, (entity[row]! * b + k) * q + column, change * own[k]![row]!)
    for (let a = 0; a < q; a++) {
      if (a === column || shared[a]![row] === 0) continue
      add(sums.shared, a * q + column, change * shared[a]![row]!)
      add(sums.shared, column * q + a, change * shared[a]![row]!)
    }
    add(sums.shared, column * q + column, now * now - before[i]! * before[i]!)
  })
}

/** The sums of a regression of one shared column on all else, and on `further` at the end, over the rows that do not lack it. */
export const regressionSums = (
  sums: Sums,
  regressors: PanelRegressors,
  dependent: number,
  rows: { readonly missing: ReadonlyArray<number>; readonly observed: ReadonlyArray<number> },
  further: ReadonlyArray<Float64Array>
): RegressionSums => {
  const { entities, entity, own, shared } = regressors
  const [b, all] = [own.length, shared.length]
  const left = { own: Float64Array.from(sums.own), cross: Float64Array.from(sums.cross), shared: Float64Array.from(sums.shared) }
  const places = new Int32Array(all)
  for (const row of rows.missing) addRow(regressors, left, row, -1, places)
  const others = shared.flatMap((_, a) => (a === dependent ? [] : [a]))
  const q = others.length + further.length
  const made = {
    entities,
    b,
    q,
    own: left.own,
    cross: new Float64Array(entities * b * q),
    shared: new Float64Array(q * q),
    ownY: new Float64Array(entities * b),
    sharedY: new Float64Array(q)
  }
  for (let line = 0; line < entities * b; line++) {
    made.ownY[line] = left.cross[line * all + dependent]!
    for (let k = 0; k < others.length; k++) made.cross[line * q + k] = left.cross[line * all + others[k]!]!
  }
  others.forEach((a, i) => {
    made.sharedY[i] = left.shared[a * all + dependent]!
    for (let k = 0; k < others.length; k++) made.shared[i * q + k] = left.shared[a * all + others[k]!]!
  })
  const y = shared[dependent]!
  further.forEach((column, f) => {
    const i = others.length + f
    const over = (other: Float64Array): number => rows.observed.reduce((sum, row) => sum + column[row]! * other[row]!, 0)
    made.sharedY[i] = over(y)
    const regressor = (k: number): Float64Array => (k < others.length ? shared[others[k]!]! : further[k - others.length]!)
    for (let k = 0; k <= i; k++) {
      made.shared[i * q + k] = over(regressor(k))
      made.shared[k * q + i] = made.shared[i * q + k]!
    }
    for (const row of rows.observed)
      for (let k = 0; k < b; k++) {
        const at = (entity[row]! * b + k) * q + i
        made.cross[at] = made.cross[at]! + own[k]![row]! * column[row]!
      }
  })
  return made
}
