/** The replica's raw tables: synthetic, from a seed, the rough sizes of profile.ts and the paper's printed numbers. */
import { readFileSync } from "node:fs"
import { parse } from "csv-parse/sync"
import { makeCoagglo } from "./agglomeration.ts"
import { FIRST_CENTER_YEAR, makeCenters } from "./centers.ts"
import { makeControls, TEN_THOUSAND } from "./controls.ts"
import { makeDevelopment } from "./development.ts"
import { districtsCsv, makeEg } from "./districts.ts"
import { makeEmployment } from "./employment.ts"
import { makeIndicators } from "./indicators.ts"
import { MI_UNIT, makeCooperation, makeInnovation, makeIntelligence, PERCENT } from "./mechanism.ts"
import { splitWithGaps } from "./parts.ts"
import { names } from "./profile.ts"
import { rounded, wideCsv } from "./yearbook.ts"

/** The seed of the committed files. */
export const SEED = 7

const ROBOTS = [
  { name: "robots_multifunctional", share: 0.5 },
  { name: "robots_other", share: 0.38 },
  { name: "robots_ic_handling", share: 0.12 }
]
const COOPERATION = [
  { name: "manufacturing_trade", share: 0.84 },
  { name: "manufacturing_fdi", share: 0.1 },
  { name: "contracted_projects", share: 0.06 }
]
const MILLION = 1e6
const GAP_SHARE = 0.016

/** Provinces of Table 6's columns: the four regions of note 2, with and without a national cluster (note 3). */
const subsamples = (): ReadonlyArray<ReadonlyArray<number>> => {
  const rows: ReadonlyArray<Record<string, string>> = parse(readFileSync(new URL("../provinces.csv", import.meta.url)), { columns: true })
  if (rows.some((row, p) => row["entity"] !== names[p]))
    throw new Error("data/replica/profile.ts and data/provinces.csv have their provinces in different orders")
  const where = (column: string, value: string): ReadonlyArray<number> => rows.flatMap((row, p) => (row[column] === value ? [p] : []))
  return [...["Eastern", "Central", "Western", "Northeastern"].map((region) => where("region", region)), where("cluster", "yes"), where("cluster", "no")]
}

/** Every file of the replica, by its name in data/replica. The same seed gives the same bytes. */
export const replica = (seed: number): ReadonlyMap<string, string> => {
  // Streams of one seed are numbered by each part for itself: parts are told apart by a seed of their own.
  const part = (k: number): number => seed * 100 + k
  const { derived: controls, gdp, outliers, raw: controlColumns } = makeControls(part(1))
  const coagglo = makeCoagglo(part(2), controls)
  const employment = makeEmployment(part(3), coagglo)
  const mi = makeIntelligence(part(4), coagglo, controls, outliers)
  const icc = makeCooperation(part(5))
  const regressors = { coagglo, mi, icc, controls }
  const { gaps: patentGaps, uic } = makeInnovation(part(6), regressors)
  const eg = makeEg(part(7), controls)
  const ami = makeDevelopment(part(8), { ...regressors, uic, eg, subsamples: subsamples() })
  const indicators = makeIndicators(part(9), ami, coagglo, controls)
  const robots = rounded(
    mi.map((value) => value * MI_UNIT * MILLION),
    0
  )
  const cooperation = rounded(
    icc.map((value, cell) => (value / PERCENT) * gdp[cell]!),
    3
  )
  const patents = rounded(
    uic.map((value) => value * TEN_THOUSAND),
    0
  )
  return new Map([
    ["indicators.synthetic.csv", wideCsv(indicators)],
    ["employment.synthetic.csv", wideCsv(employment.raw)],
    ["employment-by-district.synthetic.csv", districtsCsv(eg, employment.manufacturing, employment.services)],
    ["controls.synthetic.csv", wideCsv(controlColumns)],
    [
      "mediators.synthetic.csv",
      wideCsv([
        { name: "patents_granted", values: patents, decimals: 0, gaps: patentGaps },
        ...splitWithGaps(part(10), robots, ROBOTS, GAP_SHARE, 0),
        ...splitWithGaps(part(11), cooperation, COOPERATION, GAP_SHARE, 3)
      ])
    ],
    ["innovation-centers.synthetic.csv", wideCsv([{ name: "center", values: makeCenters(part(12), coagglo, controls), decimals: 0 }], FIRST_CENTER_YEAR)]
  ])
}
