import { describe, expect, it } from "vitest"
import { drawCounts, jackknife, type Resampling, replicates } from "../../../src/econometrics/bootstrap/bootstrap.ts"
import { acceleration, summarise } from "../../../src/econometrics/bootstrap/bootstrap-interval.ts"
import { type EquationsTogether, estimator, type PathModel, solvedInSample } from "../../../src/econometrics/bootstrap/path-model.ts"
import type { Unit } from "../../../src/econometrics/bootstrap/resampler.ts"
import { wildReplicates } from "../../../src/econometrics/bootstrap/wild-replicates.ts"
import { mediationPaths } from "../../../src/econometrics/mediation/mediation-paths.ts"
import { type Stream, stream } from "../../../src/stats/random.ts"
import { deviation, mediationSamples } from "../mediation/mediation-samples.ts"
import { difference, oracle } from "../produc.ts"

const reference = oracle("mediation-bootstrap")
const samples = await mediationSamples()
const paths = {
  produc: mediationPaths({ index: samples.produc.index, ...samples.produc.model }),
  china: mediationPaths({ index: samples.china.index, ...samples.china.model })
}

/** A resample's effects and their standard errors. */
const resampled = (model: PathModel, unit: Unit, counts: ReadonlyArray<number>, covariance: EquationsTogether, general = false) => {
  const { equations, resampler, stdErrors } = estimator(model, unit, general)
  resampler.take(counts)
  const [values, errors] = [new Float64Array(3), new Float64Array(3)]
  if (!equations.solve()) throw new Error("singular")
  model.values(equations.parameters, values)
  stdErrors(counts, equations.influence(), covariance, errors)
  return { values, errors }
}
const ones = (model: PathModel, unit: Unit) => Array<number>(estimator(model, unit).resampler.units).fill(1)

for (const sample of ["produc", "china"] as const)
  describe(`resamples of entities against R's refits: ${sample}`, () => {
    const expected = reference.clusters[sample]
    it("have R's effects and standard errors, by either way of taking equations together, whether the panel's balance is used or not", () => {
      for (const general of [false, true])
        for (const [i, counts] of (expected.counts as ReadonlyArray<ReadonlyArray<number>>).entries()) {
          const independent = resampled(paths[sample], "cluster", counts, "independent", general)
          expect(difference(independent.values, expected.values[i])).toBeLessThan(1e-8)
          expect(difference(independent.errors, expected.errors[i])).toBeLessThan(1e-8)
          expect(difference(resampled(paths[sample], "cluster", counts, "joint", general).errors, expected.joint_errors[i])).toBeLessThan(1e-8)
        }
    })
    it("have R's estimates in the sample itself", () => {
      const counts = ones(paths[sample], "cluster")
      const { errors, values } = resampled(paths[sample], "cluster", counts, "independent")
      expect(difference(values, expected.estimate)).toBeLessThan(1e-9)
      expect(difference(errors, expected.independent)).toBeLessThan(1e-9)
      expect(difference(resampled(paths[sample], "cluster", counts, "joint").errors, expected.joint)).toBeLessThan(1e-9)
    })
    it("the jackknife over entities and its acceleration are R's to 1e-10 of their size", () => {
      for (const [j, column] of [...jackknife(paths[sample], "cluster").values()].entries()) {
        const values = (expected.jackknife.values as ReadonlyArray<ReadonlyArray<number>>).map((row) => row[j]!)
        expect(Math.max(...values.map((v, g) => Math.abs(v - column[g]!)))).toBeLessThan(1e-10 * Math.max(1, ...values.map(Math.abs)))
        expect(Math.abs(acceleration(column) - expected.jackknife.acceleration[j])).toBeLessThan(1e-10)
      }
    })
    it("percentile, BCa and studentised intervals from R's replicates are boot.ci's", () => {
      const { indirect } = expected
      const t = Float64Array.from(indirect.t as ReadonlyArray<number>)
      const [estimate, error] = [expected.estimate[0] as number, expected.independent[0] as number]
      const studentised = t.map((v, i) => estimate - (error * (v - estimate)) / indirect.se[i])
      const left = Float64Array.from((expected.jackknife.values as ReadonlyArray<ReadonlyArray<number>>).map((row) => row[0]!))
      for (const { bca, level, percentile, studentised: stud } of indirect.intervals) {
        const interval = (kind: "percentile" | "bca" | "studentised") =>
          summarise(t, estimate, { kind, level, quantile: "normal", jackknife: left, studentised }).interval!
        expect(difference(interval("percentile"), percentile)).toBeLessThan(1e-10)
        expect(difference(interval("bca"), bca)).toBeLessThan(1e-9)
        expect(difference(interval("studentised"), stud)).toBeLessThan(1e-10)
      }
    })
    it("standard errors are R's within the Monte Carlo error of 399 and 4,000 replicates", () => {
      const { columns } = replicates(paths[sample], { seed: 5, from: 0, count: 4000 })
      for (const [j, column] of [...columns.values()].entries()) expect(Math.abs(deviation(column) / expected.sd[j] - 1)).toBeLessThan(0.15)
    })
  })

describe("resamples of observations against R's refits", () => {
  const expected = reference.observations.china
  const model = paths.china
  it("have R's effects and HC1 standard errors", () => {
    for (const [i, counts] of (expected.counts as ReadonlyArray<ReadonlyArray<number>>).entries()) {
      const { errors, values } = resampled(model, "observation", counts, "independent")
      expect(difference(values, expected.values[i])).toBeLessThan(1e-8)
      expect(difference(errors, expected.errors[i])).toBeLessThan(1e-8)
    }
    const whole = resampled(model, "observation", ones(model, "observation"), "joint")
    expect(difference(whole.values, expected.estimate.value)).toBeLessThan(1e-9)
    expect(difference(whole.errors, expected.estimate.joint)).toBeLessThan(1e-9)
  })
  it("the jackknife over observations and its acceleration are R's", () => {
    for (const [j, column] of [...jackknife(model, "observation").values()].entries()) {
      const first = (expected.first_left_out as ReadonlyArray<ReadonlyArray<number>>).map((row) => row[j]!)
      expect(difference(column.slice(0, 20), first)).toBeLessThan(1e-9)
      expect(Math.abs(acceleration(column) - expected.acceleration[j])).toBeLessThan(1e-10)
    }
  })
  it("standard errors are R's within the Monte Carlo error of 1,000 and 4,000 replicates", () => {
    const { columns } = replicates(model, { seed: 5, from: 0, count: 4000 }, { resampling: "observations" })
    for (const [j, column] of [...columns.values()].entries()) expect(Math.abs(deviation(column) / expected.sd[j] - 1)).toBeLessThan(0.1)
  })
})

/** A stream whose integers are given. */
const scripted = (values: ReadonlyArray<number>): Stream => {
  let at = 0
  return {
    word: () => 0,
    uniform: () => 0.5,
    normal: () => 0,
    integer: () => values[at++]!
  }
}
const WEBB = [-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)]

describe("the wild bootstrap against R's refits of y* = fitted + w e", () => {
  for (const kind of ["rademacher", "webb"] as const)
    it(`with ${kind} weights has R's effects and standard errors, and R's spread`, () => {
      const expected = reference.wild[kind]
      for (const studentise of [undefined, "independent"] as const) {
        const next = wildReplicates(paths.china, solvedInSample(paths.china, "cluster"), kind, studentise)
        const [values, errors] = [new Float64Array(3), new Float64Array(3)]
        for (const [i, weights] of (expected.weights as ReadonlyArray<ReadonlyArray<number>>).entries()) {
          const drawn = weights.map((w) => (kind === "webb" ? WEBB.findIndex((v) => Math.abs(v - w) < 1e-9) : (w + 1) / 2))
          next(scripted(drawn), values, errors)
          expect(difference(values, expected.values[i])).toBeLessThan(1e-8)
          if (studentise !== undefined) expect(difference(errors, expected.errors[i])).toBeLessThan(1e-8)
        }
      }
      const { columns } = replicates(paths.china, { seed: 8, from: 0, count: 4000 }, { resampling: "wild-clusters", wildWeights: kind })
      for (const [j, column] of [...columns.values()].entries()) expect(Math.abs(deviation(column) / expected.sd[j] - 1)).toBeLessThan(0.1)
    })
  it("a slope's replicates have the variance of its scores: the clustered one without its small-sample factor", () => {
    const solved = solvedInSample(paths.china, "cluster")
    const errors = new Float64Array(3)
    solved.stdErrors(ones(paths.china, "cluster"), solved.equations.influence(), "joint", errors)
    const direct = replicates(paths.china, { seed: 3, from: 0, count: 8000 }, { resampling: "wild-clusters" }).columns.get("direct coagglo")!
    expect(Math.abs(deviation(direct) / (errors[1]! / Math.sqrt(solved.resampler.factor(9))) - 1)).toBeLessThan(0.03)
  })
})

describe("replicates", () => {
  it("5,000 after 1,000 compute 4,000: replicate i is the same in whatever block, in every scheme, studentised or not", () => {
    for (const resampling of ["clusters", "observations", "wild-clusters", "wild-observations"] satisfies ReadonlyArray<Resampling>) {
      const options = { resampling, studentise: "independent" } as const
      const whole = replicates(paths.china, { seed: 1, from: 0, count: 50 }, options)
      const tail = replicates(paths.china, { seed: 1, from: 10, count: 40 }, options)
      for (const which of ["columns", "studentised"] as const)
        for (const [name, column] of whole[which]) expect([...tail[which].get(name)!]).toEqual([...column.slice(10)])
      expect(whole.studentised.size).toBe(3)
      expect([...replicates(paths.china, { seed: 1, from: 0, count: 50 }, { resampling }).columns.get("indirect coagglo")!]).toEqual([
        ...whole.columns.get("indirect coagglo")!
      ])
    }
  })
  it("of a balanced panel in closed form are those of the general way to 1e-12", () => {
    const [closed, general] = [estimator(paths.china, "cluster"), estimator(paths.china, "cluster", true)]
    const counts = new Float64Array(31)
    for (let i = 0; i < 200; i++) {
      drawCounts(stream(7, i), counts)
      const found = [closed, general].map(({ equations, resampler }) => {
        resampler.take(counts)
        expect(equations.solve()).toBe(true)
        const values = new Float64Array(3)
        paths.china.values(equations.parameters, values)
        return values
      })
      // Relative to the larger of the effects: an indirect effect near zero is a product of numbers that are not.
      const size = Math.max(...found[1]!.map(Math.abs))
      for (const [j, v] of found[0]!.entries()) expect(Math.abs(v - found[1]![j]!)).toBeLessThan(1e-12 * size)
    }
  })
})
