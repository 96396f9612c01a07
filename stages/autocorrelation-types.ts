/** Tables of spatial autocorrelation, global and local. */
import { category, integer, nullable, number, table } from "@sediment/sediment"
import { entity, year } from "./panel-keys.ts"

const alternative = category("", "what p-values are against: greater (positive autocorrelation; for a G, high values together), less, two-sided")
const permutations = integer("", "random arrangements over the entities")
const p_permutation = nullable(number("", "(1 + arrangements at least as far out)/(1 + arrangements); missing without arrangements"))

/** Moran's I: a row a variable and year. A positive z is positive autocorrelation. */
export const MoranByYear = table("MoranByYear", {
  variable: category(),
  year,
  entities: integer("", "N; without islands where these are not counted"),
  alternative,
  statistic: number("", "Moran's I"),
  expected: number("", "-1/(N - 1)"),
  variance_randomisation: number(),
  z_randomisation: number(),
  p_randomisation: number(),
  variance_normality: number(),
  z_normality: number(),
  p_normality: number(),
  permutations,
  p_permutation
})

/** Geary's C: a row a variable and year. A positive z is positive autocorrelation, a C below 1. */
export const GearyByYear = table("GearyByYear", {
  variable: category(),
  year,
  entities: integer("", "N; without islands where these are not counted"),
  alternative,
  statistic: number("", "Geary's C"),
  expected: number("", "1"),
  variance_randomisation: number(),
  z_randomisation: number("", "(1 - C)/sd"),
  p_randomisation: number(),
  variance_normality: number(),
  z_normality: number("", "(1 - C)/sd"),
  p_normality: number(),
  permutations,
  p_permutation
})

/** Getis and Ord's general G: a row a variable and year. */
export const GeneralGByYear = table("GeneralGByYear", {
  variable: category(),
  year,
  entities: integer("", "N; without islands where these are not counted"),
  alternative,
  statistic: number("", "G"),
  expected: number("", "S0/(N (N - 1))"),
  variance: number("", "under randomisation"),
  z: number(),
  p: number(),
  permutations,
  p_permutation
})

const local = {
  variable: category(),
  entity,
  year,
  statistic: number(),
  expected: number(),
  variance: number(),
  z: nullable(number("", "missing where there is no test: an island")),
  p: nullable(number("", "normal")),
  p_fdr: nullable(number("", "p adjusted for the false discovery rate over the entities (Benjamini and Hochberg)")),
  p_permutation: nullable(number("", "by conditional permutation; missing without permutations")),
  p_permutation_fdr: nullable(number("", "p_permutation adjusted likewise"))
}

/** Local Moran's I: a row a variable, entity and year, sorted so. */
export const LocalMoran = table("LocalMoran", {
  ...local,
  value: number("", "standardised by year (divisor N)"),
  lag: number("", "W times it"),
  quadrant: category("", "own value, then spatial lag: high-high, low-low, low-high, high-low; island"),
  cluster: category("", "the quadrant where it is significant; not significant; island"),
  decided_by: category("", "the p-value and level that make it significant"),
  moments: category("", "conditional: given the own value; total: over all arrangements"),
  alternative,
  permutations: integer("", "draws for each entity")
})

/** Getis and Ord's local G or G*: a row a variable, entity and year, sorted so. */
export const LocalG = table("LocalG", {
  ...local,
  kind: category("", "G*: the entity is among its neighbours; G: it is not"),
  cluster: category("", "hot spot, cold spot; not significant; island"),
  decided_by: category("", "the p-value and level that make it significant"),
  alternative,
  permutations: integer("", "draws for each entity")
})

/** The Moran scatter plot's points: z standardised by year (divisor N) and its spatial lag; with row-standardised weights the slope is Moran's I. */
export const MoranScatter = table("MoranScatter", { variable: category(), entity, year, z: number(), lag: number("", "W z") })
