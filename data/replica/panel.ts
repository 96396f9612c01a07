/** The shape of the panel, and what two-way effects and controls leave of a variable. */
import { qr, residuals } from "../../src/linalg/qr.ts"
import type { Stream } from "../../src/stats/random.ts"

export const PROVINCES = 31
export const FIRST_YEAR = 2003
export const YEARS = 19
export const CELLS = PROVINCES * YEARS

/** Variables are Float64Arrays of CELLS, sorted by province (in the order of data/provinces.csv), then year. */
export const cellOf = (province: number, year: number): number => province * YEARS + year
export const every = (value: number): Float64Array => new Float64Array(CELLS).fill(value)
export const build = (value: (province: number, year: number, cell: number) => number): Float64Array =>
  Float64Array.from({ length: CELLS }, (_, cell) => value(Math.floor(cell / YEARS), cell % YEARS, cell))

/** Provinces and the first year (from 0) of a sample; it ends with the panel. */
export interface Sample {
  readonly provinces: ReadonlyArray<number>
  readonly from: number
}
export const wholeSample: Sample = { provinces: Array.from({ length: PROVINCES }, (_, p) => p), from: 0 }

const demean = (x: Float64Array, { from, provinces }: Sample): Float64Array => {
  const out = new Float64Array(CELLS)
  const yearMeans = new Float64Array(YEARS)
  const provinceMeans = new Float64Array(PROVINCES)
  let mean = 0
  for (const p of provinces)
    for (let t = from; t < YEARS; t++) {
      const value = x[cellOf(p, t)]!
      provinceMeans[p]! += value / (YEARS - from)
      yearMeans[t]! += value / provinces.length
      mean += value / (provinces.length * (YEARS - from))
    }
  for (const p of provinces) for (let t = from; t < YEARS; t++) out[cellOf(p, t)] = x[cellOf(p, t)]! - provinceMeans[p]! - yearMeans[t]! + mean
  return out
}

/** The symmetric projection that takes province effects, year effects and `columns` out of a variable within the sample; cells outside it become 0. */
export type Projection = (x: Float64Array) => Float64Array
export const projection = (columns: ReadonlyArray<Float64Array>, sample: Sample = wholeSample): Projection => {
  const factor = qr(columns.map((column) => demean(column, sample)))
  return (x) => residuals(factor, demean(x, sample))
}

/** What province effects alone leave of a variable. */
export const demeanByProvince: Projection = (x) =>
  build((p, _t, cell) => x[cell]! - x.subarray(p * YEARS, (p + 1) * YEARS).reduce((sum, value) => sum + value, 0) / YEARS)

export const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
export const mean = (x: Float64Array): number => x.reduce((sum, value) => sum + value, 0) / x.length
/** With n - 1 in the denominator, as descriptive statistics print it. */
export const deviation = (x: Float64Array): number => {
  const centre = mean(x)
  return Math.sqrt(x.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (x.length - 1))
}
/** The product of two variables, each less its mean: the interaction of Tables 9 and 10. */
export const interaction = (x: Float64Array, y: Float64Array): Float64Array => {
  const [mx, my] = [mean(x), mean(y)]
  return x.map((value, i) => (value - mx) * (y[i]! - my))
}
/** The year before's value within the province; 0 in the first year, which samples from 2004 on leave out. */
export const lagged = (x: Float64Array): Float64Array => build((_, t, cell) => (t === 0 ? 0 : x[cell - 1]!))

/** Province by province a stationary first-order autoregression with unit variance. */
export const autoregression = (random: Stream, persistence: number): Float64Array => {
  const out = new Float64Array(CELLS)
  const innovation = Math.sqrt(1 - persistence ** 2)
  for (let cell = 0; cell < CELLS; cell++) out[cell] = cell % YEARS === 0 ? random.normal() : persistence * out[cell - 1]! + innovation * random.normal()
  return out
}
