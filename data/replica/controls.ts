/** Controls (section 4.2.3): raw tables whose derived columns have Table 3's moments, with the isolated zeros that its minima of 0.00 imply. */
import { type Stream, stream } from "../../src/stats/random.ts"
import { constrain } from "./constrain.ts"
import { meanAndDeviation } from "./moments.ts"
import { autoregression, build, CELLS, cellOf, every, PROVINCES, YEARS } from "./panel.ts"
import { profiles } from "./profile.ts"
import { moments } from "./published.ts"
import { filled, type Gaps, gapsOf, type RawColumn, rounded } from "./yearbook.ts"

/** The series nearest to `start` with the variable's moments of Table 3; `zeros` are cells printed as 0. */
const calibrated = (variable: string, start: Float64Array, zeros: ReadonlySet<number>): Float64Array => {
  const target = moments(variable)
  const x = Float64Array.from(start)
  const scale = every(1)
  const pin = (cell: number, value: number): void => {
    x[cell] = value
    scale[cell] = 0
  }
  for (const cell of zeros) pin(cell, 0)
  const free = start.map((value, cell) => (zeros.has(cell) ? Number.NaN : value))
  pin(
    free.reduce((best, value, cell) => (value > free[best]! || Number.isNaN(free[best]!) ? cell : best), 0),
    target.max
  )
  if (zeros.size === 0)
    pin(
      free.reduce((best, value, cell) => (value < free[best]! ? cell : best), 0),
      target.min
    )
  const lower = zeros.size === 0 ? target.min : target.mean * 0.7
  return constrain(x, meanAndDeviation(target), { lower: every(lower), upper: every(target.max), scale })
}

/** Cells of the interior of a series, before the year `before`, no two of them neighbours. */
const isolated = (random: Stream, count: number, before = YEARS - 1): ReadonlySet<number> => {
  const cells = new Set<number>()
  while (cells.size < count) {
    const cell = cellOf(random.integer(PROVINCES), 1 + random.integer(before - 1))
    if (!cells.has(cell - 1) && !cells.has(cell + 1)) cells.add(cell)
  }
  return cells
}

const GUANGDONG = 18
// What takes Guangdong's inf to Table 3's maximum: as one cell it would stand apart, and nothing else could follow inf (Table 4, column 4).
const MAXIMUM_APART = 1.15
// Those of fdi, hcl and gov stand before the years of Table 4, column 5, whose standard errors (.541, .736, .713) know of none.
const BEFORE_CENTERS = 12
// How many cells are 0: the number at which the mean and the standard deviation of Table 3 agree with a series of logarithms of plausible spread.
const ZEROS = { fdi: 15, hcl: 6, inv: 5 }
// Of gov a tenth must be 0. Spread at random they would make its standard error half the printed one, so most stand in two years in which few provinces report.
const UNREPORTED_GOV = { years: [4, 11], reporting: [3, 4], elsewhere: 3 }
const unreported = (random: Stream): ReadonlySet<number> => {
  const cells = new Set<number>()
  for (const [k, t] of UNREPORTED_GOV.years.entries()) {
    const reporting = new Set<number>()
    while (reporting.size < UNREPORTED_GOV.reporting[k]!) reporting.add(random.integer(PROVINCES))
    for (let p = 0; p < PROVINCES; p++) if (!reporting.has(p)) cells.add(cellOf(p, t))
  }
  for (const cell of isolated(random, UNREPORTED_GOV.elsewhere, BEFORE_CENTERS)) if (!cells.has(cell - 1) && !cells.has(cell + 1)) cells.add(cell)
  return cells
}
const GAP_SHARE = 0.015
/** The regressors' names, in Table 4's order. */
export const CONTROLS = ["pdgp", "fdi", "hcl", "gov", "inv", "str", "inf"] as const
/** CNY, USD and persons in a unit of the raw table. */
const HUNDRED_MILLION = 1e8
export const TEN_THOUSAND = 1e4

export interface Controls {
  readonly raw: ReadonlyArray<RawColumn>
  /** The derived regressors, in the order of CONTROLS. */
  readonly derived: ReadonlyArray<Float64Array>
  /** GDP as interpolated, 100 million CNY. */
  readonly gdp: Float64Array
  /** Cells where fdi, hcl or inv is 0, no two of them neighbours: outliers that pull on everything the controls are taken out of. */
  readonly outliers: Gaps
}

export const makeControls = (seed: number): Controls => {
  const noise = (i: number, persistence: number): Float64Array => autoregression(stream(seed, i), persistence)
  const growth = (t: number): number => 1.75 * (t / (YEARS - 1)) ** 0.85 - 1
  const [n0, n1, n2, n3, n4, n5, n6] = [noise(0, 0.8), noise(1, 0.5), noise(2, 0.6), noise(3, 0.4), noise(4, 0.5), noise(5, 0.6), noise(6, 0.85)]
  const zerosOf = {
    fdi: isolated(stream(seed, 10), ZEROS.fdi, BEFORE_CENTERS),
    hcl: isolated(stream(seed, 11), ZEROS.hcl, BEFORE_CENTERS),
    gov: unreported(stream(seed, 12)),
    inv: isolated(stream(seed, 13), ZEROS.inv)
  }
  const none: ReadonlySet<number> = new Set()
  const lnGdp = (p: number, t: number): number => profiles[p]!.lnGdpPerHead + Math.log(profiles[p]!.population / 3500) + growth(t)

  const pdgp = calibrated(
    "pdgp",
    build((p, t, i) => profiles[p]!.lnGdpPerHead + growth(t) + 0.11 * n0[i]!),
    none
  )
  const fdi = calibrated(
    "fdi",
    build((p, t, i) => 11.5 + 0.97 * lnGdp(p, t) + 0.1 * n1[i]!),
    zerosOf.fdi
  )
  const hcl = calibrated(
    "hcl",
    build((p, t, i) => 10.7 + 0.9 * Math.log(profiles[p]!.population / 3500) + 0.6 * growth(t) + 0.12 * n2[i]!),
    zerosOf.hcl
  )
  const gov = calibrated(
    "gov",
    build((p, t, i) => 14.5 + 0.92 * lnGdp(p, t) + 0.07 * n3[i]!),
    zerosOf.gov
  )
  const inv = calibrated(
    "inv",
    build((p, t, i) => 17 + 0.95 * lnGdp(p, t) + 0.2 * n4[i]!),
    zerosOf.inv
  )
  const str = calibrated(
    "str",
    build((p, t, i) => 33 + 2.3 * profiles[p]!.coagglo + 5 * growth(t) + 2.4 * n5[i]!),
    none
  )
  const inf = calibrated(
    "inf",
    build((p, t, i) => 14.4 + (p === GUANGDONG ? MAXIMUM_APART : 0) + lnGdp(p, t) + 0.06 * n6[i]!),
    none
  )

  const population = build((p, t) => profiles[p]!.population * (0.97 + 0.0035 * t))
  const gaps = (i: number, zeros: ReadonlySet<number> = none): Gaps =>
    gapsOf(stream(seed, 20 + i), GAP_SHARE, (cell) => zeros.has(cell - 1) || zeros.has(cell) || zeros.has(cell + 1))
  const column = (name: string, values: Float64Array, decimals: number, blank: Gaps): RawColumn => ({
    name,
    values: rounded(values, decimals),
    decimals,
    gaps: blank
  })
  const level = (x: Float64Array, unit: number): Float64Array => x.map((value) => (value === 0 ? 0 : Math.expm1(value) / unit))
  const gdp = pdgp.map((value, i) => (Math.exp(value) * population[i]! * TEN_THOUSAND) / HUNDRED_MILLION)
  const raw = [
    column("gdp", gdp, 2, gaps(0)),
    column("population", population, 0, gaps(1)),
    column("fdi_inflow", level(fdi, TEN_THOUSAND), 0, gaps(2, zerosOf.fdi)),
    column("higher_education_graduates", level(hcl, 1), 0, gaps(3, zerosOf.hcl)),
    column("fiscal_support", level(gov, HUNDRED_MILLION), 3, gaps(4, zerosOf.gov)),
    column("fixed_investment", level(inv, HUNDRED_MILLION), 2, gaps(5, zerosOf.inv)),
    column(
      "tertiary_value_added",
      str.map((value, i) => (value / 100) * gdp[i]!),
      2,
      gaps(6)
    ),
    column(
      "post_telecom_volume",
      inf.map((value) => Math.exp(value) / HUNDRED_MILLION),
      2,
      gaps(7)
    )
  ] as const
  const [GDP, POPULATION, FDI, GRADUATES, FISCAL, INVESTMENT, TERTIARY, TELECOM] = raw.map(({ gaps: blank, values }) =>
    filled(values, blank ?? new Uint8Array(CELLS))
  )
  // As dag.ts derives them.
  const derived = [
    GDP!.map((value, i) => Math.log((value * HUNDRED_MILLION) / (POPULATION![i]! * TEN_THOUSAND))),
    FDI!.map((value) => Math.log1p(value * TEN_THOUSAND)),
    GRADUATES!.map((value) => Math.log1p(value)),
    FISCAL!.map((value) => Math.log1p(value * HUNDRED_MILLION)),
    INVESTMENT!.map((value) => Math.log1p(value * HUNDRED_MILLION)),
    TERTIARY!.map((value, i) => (100 * value) / GDP![i]!),
    TELECOM!.map((value) => Math.log(value * HUNDRED_MILLION))
  ]
  const outliers = new Uint8Array(CELLS)
  for (const cell of [...zerosOf.fdi, ...zerosOf.hcl, ...zerosOf.inv]) if (outliers[cell - 1] === 0 && outliers[cell + 1] === 0) outliers[cell] = 1
  return { raw, derived, gdp: GDP!, outliers }
}
