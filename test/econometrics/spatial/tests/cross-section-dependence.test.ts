import { describe, expect, it } from "vitest"
import { panelIndex } from "../../../../src/econometrics/sample/panel-index.ts"
import {
  type CrossSectionDependence,
  crossSectionDependence,
  type DependenceModel,
  type DependenceOptions
} from "../../../../src/econometrics/spatial/tests/cross-section-dependence.ts"
import { fromLinks, rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { cigar, produc } from "../spatial-data.ts"
import { type CdOracle, expectNumber, oracle } from "./tests-oracle.ts"

/** A panel with an index of its own and row-standardised contiguity. */
const panel = ({ binary, columns }: ReturnType<typeof cigar>): DependenceModel => {
  const periods = columns.dependent.length / binary.entities.length
  return {
    index: panelIndex(
      binary.entities.flatMap((entity) => Array<string>(periods).fill(entity)),
      Float64Array.from(columns.dependent, (_, at) => 1900 + (at % periods))
    ),
    dependent: { name: "y", values: columns.dependent },
    regressors: columns.regressors.map((values, k) => ({ name: columns.names[k]!, values })),
    weights: rowStandardize(binary)
  }
}
/** The rows `kept` of a panel. */
const rowsOf = ({ dependent, index, regressors, ...rest }: DependenceModel, kept: ReadonlyArray<number>): DependenceModel => {
  const pick = ({ name, values }: DependenceModel["dependent"]) => ({ name, values: Float64Array.from(kept, (row) => values[row]!) })
  return {
    ...rest,
    dependent: pick(dependent),
    regressors: regressors.map(pick),
    index: panelIndex(
      kept.map((row) => index.entities[index.entity[row]!]!),
      kept.map((row) => index.years[index.year[row]!]!)
    )
  }
}

const expectCd = (found: CrossSectionDependence, reference: CdOracle): void => {
  const close = ({ pValue, statistic }: { readonly statistic: number; readonly pValue: number }, [s, p]: readonly [number, number]) => {
    expectNumber(statistic, s, 1e-9)
    expect(Math.abs(pValue - p)).toBeLessThanOrEqual(1e-12 + p * 1e-8 * Math.max(1, Math.abs(s)))
  }
  close(found.all.cd, reference.cd)
  close(found.all.lm, reference.lm)
  close(found.all.scaledLm, reference.sclm)
  close(found.local!.cd, reference.cd_local)
  if (reference.bcsclm === undefined) expect(found.biasCorrectedLm).toBeUndefined()
  else close(found.biasCorrectedLm!, reference.bcsclm)
}

describe("cross-section dependence", () => {
  for (const [name, model] of Object.entries({ cigar: panel(cigar()), produc: panel(produc()) }))
    for (const [residuals, key] of [
      ["individual", "individual"],
      ["two-way", "twoways"],
      ["pooled", "pooled"]
    ] as const)
      it(`is plm's pcdtest of ${residuals} residuals, over all pairs and neighbours (${name})`, () => {
        expectCd(crossSectionDependence(model, { residuals }), oracle.panels[name as "cigar"].cd[key])
      })
  for (const name of ["cigar", "produc"] as const)
    it(`is plm's pcdtest of a regression of each entity, of the variable itself, and of an unbalanced panel (${name})`, () => {
      const model = panel(name === "cigar" ? cigar() : produc())
      const reference = oracle.dependence[name]
      const own = crossSectionDependence(model, { residuals: "by-entity" })
      expectNumber(own.all.cd.statistic, reference.by_entity.cd[0], 1e-9)
      expectNumber(own.all.scaledLm.statistic, reference.by_entity.sclm[0], 1e-9)
      expectNumber(own.all.meanCorrelation, reference.by_entity.rho, 1e-9)
      expectNumber(own.all.meanAbsoluteCorrelation, reference.by_entity.absrho, 1e-9)
      const variable = crossSectionDependence({ ...model, regressors: [] })
      expectNumber(variable.all.cd.statistic, reference.variable.cd[0], 1e-9)
      // Every seventh row is gone.
      const holes = rowsOf(
        model,
        Array.from({ length: model.index.rows }, (_, row) => row).filter((row) => row % 7 !== 3)
      )
      const found = crossSectionDependence(holes)
      expectNumber(found.all.cd.statistic, reference.unbalanced.cd[0], 1e-9)
      expectNumber(found.all.lm.statistic, reference.unbalanced.lm[0], 1e-9)
      expectNumber(found.local!.cd.statistic, reference.unbalanced.cd_local[0], 1e-9)
      expectNumber(found.all.meanAbsoluteCorrelation, reference.unbalanced.absrho, 1e-9)
      expect(found.biasCorrectedLm).toBeUndefined()
    })

  it("of rows in another order is the same", () => {
    const model = panel(produc())
    const rows = Array.from({ length: model.index.rows }, (_, row) => (row * 181) % model.index.rows)
    const found = crossSectionDependence(rowsOf(model, rows))
    expectNumber(found.all.cd.statistic, crossSectionDependence(model).all.cd.statistic, 1e-9)
    expectNumber(found.local!.lm.statistic, crossSectionDependence(model).local!.lm.statistic, 1e-9)
  })

  it("warns that period effects leave no standard normal CD, and of pairs that it cannot use", () => {
    const model = panel(produc())
    expect(crossSectionDependence(model).warnings).toEqual([])
    expect(crossSectionDependence(model, { residuals: "two-way" }).warnings.map(({ code }) => code)).toEqual(["cd-period-effects"])
    // The first entity has the first six years, the second the last six.
    const apart = rowsOf(
      model,
      Array.from({ length: model.index.rows }, (_, row) => row).filter((row) => !((row < 17 && row >= 6) || (row >= 17 && row < 28)))
    )
    expect(crossSectionDependence(apart).warnings).toEqual([
      { code: "pairs-left-out", message: "1 of 1128 pairs of entities are left out: they share fewer than two periods, or the residuals of one do not vary" }
    ])
  })

  it("refuses, all at once, weights of other entities and residuals that do not exist", () => {
    const model = { ...panel(produc()), weights: fromLinks(["ALABAMA", "Narnia"], [0], [1], [1]) }
    const wrong = { residuals: "both" } as unknown as DependenceOptions
    expect(() => crossSectionDependence(model, wrong)).toThrow(/not of the same entities: .*residuals are of individual/)
    const short = rowsOf(
      panel(produc()),
      Array.from({ length: 48 * 17 }, (_, row) => row).filter((row) => row >= 17 || row < 5)
    )
    expect(() => crossSectionDependence(short, { residuals: "by-entity" })).toThrow(/5 coefficients and needs more rows than that; too few have ALABAMA/)
    const years = (kept: (row: number) => boolean) =>
      rowsOf({ ...panel(produc()), regressors: [] }, Array.from({ length: 48 * 17 }, (_, row) => row).filter(kept))
    const ofItsOwn = years((row) => row % 17 === Math.floor(row / 17) % 17)
    expect(() => crossSectionDependence(ofItsOwn, { residuals: "pooled" })).toThrow(/no two entities share two periods/)
    for (const residuals of ["pooled", "individual"] as const)
      expect(() =>
        crossSectionDependence(
          years((row) => row % 17 === 0),
          { residuals }
        )
      ).toThrow(/a panel of at least 2 years, and here is one/)
    const whole = panel(produc())
    const own = whole.index.entities.map((_, i) => i)
    const broken = fromLinks(whole.index.entities, own, own, new Float64Array(48).fill(1))
    expect(() => crossSectionDependence({ ...whole, weights: broken })).toThrow(/no entity is its own neighbour.*: .* and 40 others/)
  })
})
