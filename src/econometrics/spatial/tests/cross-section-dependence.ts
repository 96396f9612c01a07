import { Fault, type Warning } from "../../fault.ts"
import { requireColumns } from "../../linear/given-columns.ts"
import { isBalanced, type PanelIndex } from "../../sample/panel-index.ts"
import type { Variable } from "../../sample/variable.ts"
import { several } from "../weights/several.ts"
import { weightsFaults } from "../weights/weights-faults.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import { type ChiSquaredTest, chiSquaredTest } from "./chi-squared-test.ts"
import { type EntityCorrelations, entityCorrelations } from "./entity-correlations.ts"
import { type NormalTest, normalTest } from "./normal-test.ts"
import { panelResiduals, type ResidualsOf } from "./panel-residuals.ts"

/** A panel, balanced or not, whose residuals may be correlated between entities. */
export interface DependenceModel {
  readonly index: PanelIndex
  readonly dependent: Variable
  /** None: the dependent variable itself is tested, less what `residuals` takes off. */
  readonly regressors: ReadonlyArray<Variable>
  /** Whose links say who is near whom: for `local`. */
  readonly weights?: WeightsMatrix | undefined
}

export interface DependenceOptions {
  /** individual, the default: of the regression with entity effects. */
  readonly residuals?: ResidualsOf | undefined
}

/** Of the correlations r_ij of some pairs of entities over the T_ij periods that both have. */
export interface PairDependence {
  readonly pairs: number
  /** sqrt(1/pairs) sum sqrt(T_ij) r_ij. */
  readonly cd: NormalTest
  /** Breusch and Pagan (1980): sum T_ij r_ij^2, chi-squared(pairs) for few entities and many periods. */
  readonly lm: ChiSquaredTest
  /** sqrt(1/(2 pairs)) sum (T_ij r_ij^2 - 1), for many entities and many more periods. */
  readonly scaledLm: NormalTest
  readonly meanCorrelation: number
  readonly meanAbsoluteCorrelation: number
}

export interface CrossSectionDependence {
  /** Over all pairs. */
  readonly all: PairDependence
  /** scaledLm - N/(2 (T - 1)) (Baltagi, Feng and Kao 2012): of residuals with individual or two-way effects in a balanced panel. */
  readonly biasCorrectedLm: NormalTest | undefined
  /** Over pairs that the weights link in one direction or the other: CD(p). Undefined without weights. */
  readonly local: PairDependence | undefined
  readonly residuals: ResidualsOf
  readonly warnings: ReadonlyArray<Warning>
}

/** `partners(i)` are the j > i of i's pairs. */
const pairDependence = (entities: number, partners: (i: number) => Iterable<number>, { common, correlation }: EntityCorrelations) => {
  let [pairs, left, cd, squares, sum, absolute] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < entities; i++)
    for (const j of partners(i)) {
      const r = correlation(i, j)
      if (Number.isNaN(r)) {
        left++
        continue
      }
      const periods = common(i, j)
      pairs++
      cd += Math.sqrt(periods) * r
      squares += periods * r * r
      sum += r
      absolute += Math.abs(r)
    }
  const found: PairDependence = {
    pairs,
    cd: normalTest(cd / Math.sqrt(pairs)),
    lm: chiSquaredTest(squares, pairs),
    scaledLm: normalTest((squares - pairs) / Math.sqrt(2 * pairs)),
    meanCorrelation: sum / pairs,
    meanAbsoluteCorrelation: absolute / pairs
  }
  return { found, left }
}

/** What is wrong with weights over a sample's entities. */
const nearFaults = (weights: WeightsMatrix, { entities: sampled }: PanelIndex): ReadonlyArray<string> => {
  const { entities, matrix } = weights
  const [known, wanted] = [new Set(entities), new Set(sampled)]
  const apart = [...sampled.filter((entity) => !known.has(entity)), ...entities.filter((entity) => !wanted.has(entity))]
  return [
    ...weightsFaults(weights),
    ...(apart.length === 0 ? [] : [`weights and panel are not of the same entities: ${several(apart)}; make the weights over the entities of the sample`]),
    ...(matrix.values.every((w) => w === 0) ? ["the weights link no entity to another: there are no near pairs to test"] : [])
  ]
}

/** The j > i of each entity i of the index that the weights link to it, one way or the other. */
const linkedPairs = ({ entities, matrix }: WeightsMatrix, index: PanelIndex): ReadonlyArray<ReadonlySet<number>> => {
  const place = new Map(index.entities.map((entity, i) => [entity, i]))
  const linked = index.entities.map(() => new Set<number>())
  for (let row = 0; row < matrix.rows; row++)
    for (let at = matrix.starts[row]!; at < matrix.starts[row + 1]!; at++) {
      const i = place.get(entities[row]!)
      const j = place.get(entities[matrix.columns[at]!]!)
      // An entity that the regression lost has no residuals.
      if (matrix.values[at] !== 0 && i !== undefined && j !== undefined && i !== j) linked[Math.min(i, j)]!.add(Math.max(i, j))
    }
  return linked
}

const KINDS: ReadonlyArray<string> = ["individual", "time", "two-way", "pooled", "by-entity"]

/**
 * Tests of correlation between entities' residuals: Pesaran's CD (2004; against strong dependence alone where N is large: Pesaran 2015), over all pairs and over near ones (CD(p)), Breusch and
 * Pagan's LM with its scaled forms, and mean correlations; plm's pcdtest. Pairs that share fewer than two periods, or of which a series does not vary, are left out and counted in a warning.
 *
 * Period effects take the common part out of residuals, and CD is then not standard normal (Juodis and Reese 2022): a warning says so. Faults: `input`, `too-few-periods` (residuals
 * by entity), `no-pairs`, and those of the regression.
 */
export const crossSectionDependence = (model: DependenceModel, { residuals = "individual" }: DependenceOptions = {}): CrossSectionDependence => {
  const { dependent, index, regressors, weights } = model
  const wrong = [
    ...(weights === undefined ? [] : nearFaults(weights, index)),
    ...(index.years.length > 1 ? [] : ["entities are correlated over time: the test takes a panel of at least 2 years, and here is one"]),
    ...(KINDS.includes(residuals) ? [] : [`residuals are of ${KINDS.join(", ")}, not ${residuals}`]),
    ...(new Set(index.entity.map((code, row) => code * index.years.length + index.year[row]!)).size === index.rows
      ? []
      : ["the panel has more than one row of an entity in a period"])
  ]
  requireColumns({ variables: [dependent, ...regressors], rows: index.rows }, wrong)
  const { index: kept, values, warnings } = panelResiduals(model, residuals)
  const size = Math.sqrt(dependent.values.reduce((sum, y) => sum + y * y, 0) / index.rows)
  const correlations = entityCorrelations(kept, values, 1e-10 * size)
  const entities = kept.entities.length
  const all = pairDependence(entities, (i) => Array.from({ length: entities - i - 1 }, (_, k) => i + 1 + k), correlations)
  const linked = weights === undefined ? undefined : linkedPairs(weights, kept)
  const local = linked === undefined ? undefined : pairDependence(entities, (i) => linked[i]!, correlations)
  if (all.found.pairs === 0 || local?.found.pairs === 0)
    throw new Fault(
      "no-pairs",
      `no two ${all.found.pairs === 0 ? "" : "near "}entities share two periods in which the residuals of both vary: there is no correlation to test`
    )
  const corrects = (residuals === "individual" || residuals === "two-way") && isBalanced(kept)
  return {
    all: all.found,
    biasCorrectedLm: corrects ? normalTest(all.found.scaledLm.statistic - entities / (2 * (kept.years.length - 1))) : undefined,
    local: local?.found,
    residuals,
    warnings: [
      ...warnings,
      ...(all.left === 0
        ? []
        : [
            {
              code: "pairs-left-out",
              message: `${all.left} of ${all.left + all.found.pairs} pairs of entities are left out: they share fewer than two periods, or the residuals of one do not vary`
            }
          ]),
      ...(residuals === "time" || residuals === "two-way" ? [PERIOD_EFFECTS] : [])
    ]
  }
}

const PERIOD_EFFECTS: Warning = {
  code: "cd-period-effects",
  message:
    "residuals of a model with period effects sum to zero in each period, so that their mean correlation is about -1/(N - 1) and CD is not standard normal (Juodis and Reese 2022): read the CD of residuals with individual effects, or by entity"
}
