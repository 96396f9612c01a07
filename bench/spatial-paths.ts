/**
 * How often 95% intervals of mediation and moderation in space cover the truth: 31 provinces, 19 years, entity and year effects, Durbin models in both equations; with
 * independent errors, and with errors whose variance differs over entities and which are correlated within them (AR(1), .6), and with
 * shocks of a year that half of the provinces have with one sign and half with the other. By every way of making
 * intervals, with the mean standard error over the estimates' standard deviation; and what a replicate costs. Run: npm run bench -- spatial-paths [REPLICATIONS [REPLICATES]]
 */

import { summarise } from "../src/econometrics/bootstrap/bootstrap-interval.ts"
import { Fault, resultOrFault } from "../src/econometrics/fault.ts"
import { spatialSolver } from "../src/econometrics/spatial/determinant/spatial-solver.ts"
import { spatialMultiplier } from "../src/econometrics/spatial/effects/multipliers.ts"
import { pathMeans, productMeans } from "../src/econometrics/spatial/paths/path-multipliers.ts"
import { spatialMediation } from "../src/econometrics/spatial/paths/spatial-mediation.ts"
import { spatialMediationReplicates } from "../src/econometrics/spatial/paths/spatial-mediation-replicates.ts"
import { spatialModeration } from "../src/econometrics/spatial/paths/spatial-moderation.ts"
import { spatialLag } from "../src/econometrics/spatial/weights/spatial-lag.ts"
import type { WeightsMatrix } from "../src/econometrics/spatial/weights/weights-matrix.ts"
import { type Stream, stream } from "../src/stats/random.ts"
import { matrices, N, T } from "./spatial/provinces.ts"

const [replications, count] = [Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 399)]
/** rho, slopes of x and W x in the mediator's equation; rho, slopes of u, W u, x, W x in the outcome's; of x m and W (x m) where x is moderated. */
const TRUTH = { rhoU: 0.3, a: 0.5, alpha: 0.3, rhoY: 0.4, b: 0.6, beta: 0.2, c: 0.3, gamma: 0.1, slope: 0.2, lagged: 0.1 }
const EFFECTS = ["direct", "indirect"] as const

const normals = (random: Stream) => Float64Array.from({ length: N * T }, () => random.normal())
const withEffects = (random: Stream, x: Float64Array): Float64Array => {
  const own = Float64Array.from({ length: N }, () => random.normal())
  const common = Float64Array.from({ length: T }, () => random.normal())
  return x.map((value, at) => value + own[Math.floor(at / T)]! + common[at % T]!)
}
/** AR(1) within entities, of variance 1. */
const persistent = (x: Float64Array): Float64Array => {
  for (let at = 0; at < x.length; at++) if (at % T > 0) x[at] = 0.6 * x[at - 1]! + 0.8 * x[at]!
  return x
}
/** A shock of each year, of one sign in the even entities and the other in the odd. */
const shared = (random: Stream): Float64Array => {
  const shocks = Float64Array.from({ length: T }, () => 0.7 * random.normal())
  return Float64Array.from({ length: N * T }, (_, at) => (Math.floor(at / T) % 2 === 0 ? 1 : -1) * shocks[at % T]!)
}
const plus = (x: Float64Array, y: Float64Array): Float64Array => x.map((value, at) => value + y[at]!)
/** Of each kind the errors, and x. */
const KINDS: Readonly<Record<string, { readonly errors: (random: Stream) => Float64Array; readonly x: (random: Stream) => Float64Array }>> = {
  independent: { errors: normals, x: normals },
  "unequal, correlated within entities": {
    errors: (random) => persistent(normals(random)).map((value, at) => value * (0.5 + Math.floor(at / T) / (N - 1))),
    x: (random) => persistent(normals(random))
  },
  "correlated between entities": { errors: (random) => plus(normals(random), shared(random)), x: (random) => plus(normals(random), shared(random)) }
}
const data = (weights: WeightsMatrix, kind: string, replication: number) => {
  const { a, alpha, b, beta, c, gamma, lagged, rhoU, rhoY, slope } = TRUTH
  const random = stream(4711, replication)
  const sum = (...parts: ReadonlyArray<readonly [number, Float64Array]>) =>
    parts[0]![1].map((_, at) => parts.reduce((total, [factor, column]) => total + factor * column[at]!, 0))
  const lag = (x: Float64Array) => spatialLag(weights, x)
  const x = withEffects(random, KINDS[kind]!.x(random))
  const m = withEffects(random, normals(random))
  const product = x.map((value, at) => value * m[at]!)
  const [eu, ey] = [0, 1].map(() => withEffects(random, KINDS[kind]!.errors(random))) as [Float64Array, Float64Array]
  const u = spatialSolver(weights.matrix, rhoU).solve(sum([1, eu], [a, x], [alpha, lag(x)]), T)
  const { solve } = spatialSolver(weights.matrix, rhoY)
  const y = solve(sum([1, ey], [b, u], [beta, lag(u)], [c, x], [gamma, lag(x)]), T)
  const moderated = solve(sum([1, ey], [c, x], [gamma, lag(x)], [slope, product], [lagged, lag(product)]), T)
  return {
    x: { name: "x", values: x },
    m: { name: "m", values: m },
    u: { name: "u", values: u },
    y: { name: "y", values: y },
    moderated: { name: "y", values: moderated }
  }
}

interface Tally {
  readonly covered: number
  readonly errors: number
  readonly count: number
}
const tallies = () => {
  const rows = new Map<string, Map<string, Tally>>()
  const estimates = new Map<string, Array<number>>()
  const deviation = (name: string) => {
    const values = estimates.get(name)!
    const mean = values.reduce((sum, value) => sum + value / values.length, 0)
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
  }
  return {
    estimate: (name: string, value: number) => estimates.set(name, [...(estimates.get(name) ?? []), value]),
    add: (row: string, name: string, truth: number, error: number, interval: readonly [number, number] | undefined) => {
      const columns = rows.get(row) ?? new Map<string, Tally>()
      const { covered, errors, count: before } = columns.get(name) ?? { covered: 0, errors: 0, count: 0 }
      const isInside = interval !== undefined && interval[0] <= truth && truth <= interval[1]
      rows.set(row, columns.set(name, { covered: covered + (isInside ? 1 : 0), errors: errors + error, count: before + 1 }))
    },
    show: () => {
      for (const [row, columns] of rows) {
        const cells = [...columns].map(
          ([name, { covered, errors }]) => `${name} ${((100 * covered) / replications).toFixed(1)}% (${(errors / replications / deviation(name)).toFixed(2)})`
        )
        console.log(`  ${row.padEnd(42)} ${cells.join(", ")}`)
      }
    }
  }
}

console.log(`coverage of 95% intervals (mean standard error / standard deviation): N = ${N}, T = ${T}, ${replications} replications, ${count} replicates each`)
let spent = 0
let made = 0
for (const name of ["4 nearest", "nested"] as const)
  for (const kind of Object.keys(KINDS)) {
    const weights = matrices[name]!
    const multiplier = spatialMultiplier(weights)
    const { a, alpha, b, beta, c, gamma, lagged, rhoU, rhoY, slope } = TRUTH
    const through = productMeans({ rho: rhoY, b, theta: beta }, { rho: rhoU, b: a, theta: alpha }, multiplier)
    const past = pathMeans({ rho: rhoY, b: c, theta: gamma }, multiplier)
    const each = pathMeans({ rho: rhoY, b: slope, theta: lagged }, multiplier)
    const truths = [
      ["x -> u -> y", through],
      ["x -> y", past]
    ] as const
    const of = (effect: string, { all, own }: { readonly all: number; readonly own: number }) => (effect === "direct" ? own : all - own)
    const table = tallies()
    let used = 0
    for (let r = 0; r < replications; r++) {
      const { m, moderated, u, x, y } = data(weights, kind, r)
      const model = { weights, outcome: y, treatment: x, mediator: u, controls: [] }
      const fits = resultOrFault(() => ({
        "delta method": spatialMediation(model, { method: "delta" }),
        "delta method, clustered": spatialMediation(model, { method: "delta", variance: "cluster" }),
        simulation: spatialMediation(model, { seed: r })
      }))
      // rho of an equation lies beyond the bounds of W: there are no effects to tell.
      if (fits instanceof Fault) continue
      used++
      for (const [term, truth] of truths)
        for (const effect of EFFECTS) {
          const column = `${effect} ${term}`
          for (const [row, { effects }] of Object.entries(fits)) {
            const { confHigh, confLow, estimate, stdError } = effects.find((one) => one.effect === effect && one.term === term)!
            if (row === "simulation") table.estimate(column, estimate)
            table.add(row, column, of(effect, truth), stdError, [confLow, confHigh])
          }
        }
      for (const resampling of ["wild-clusters", "recursive-wild-clusters", "periods"] as const) {
        const before = process.cpuUsage()
        const { columns } = spatialMediationReplicates(model, { seed: r, from: 0, count }, { resampling })
        const { system, user } = process.cpuUsage(before)
        spent += (system + user) / 1000
        made += count
        for (const [term, truth] of truths)
          for (const effect of EFFECTS) {
            const column = `${effect} ${term}`
            const { estimate } = fits.simulation.effects.find((one) => one.effect === effect && one.term === term)!
            for (const kind of ["percentile", "bias-corrected"] as const) {
              const { interval, stdError } = summarise(columns.get(column)!, estimate, { kind })
              table.add(`${resampling}, ${kind}`, column, of(effect, truth), stdError, interval)
            }
          }
      }
      for (const method of ["delta", "simulation"] as const) {
        const { effects } = spatialModeration(
          { weights, outcome: moderated, treatment: x, moderator: m, controls: [] },
          { method, values: { at: [-1, 1] }, seed: r }
        )
        for (const effect of EFFECTS) {
          const found = effects.find((one) => one.effect === effect && one.term.includes(" - "))
          if (found === undefined) continue
          const { confHigh, confLow, estimate, stdError } = found
          const column = `${effect} x | m 1 - -1`
          if (method === "delta") table.estimate(column, estimate)
          table.add(`moderation, ${method}`, column, 2 * of(effect, each), stdError, [confLow, confHigh])
        }
      }
    }
    console.log(
      `W ${name}, errors ${kind}, ${used} of ${replications} with both rho inside; through the mediator ${through.own.toFixed(3)} and ${(through.all - through.own).toFixed(3)}, past it ${past.own.toFixed(3)} and ${(past.all - past.own).toFixed(3)}`
    )
    table.show()
  }
console.log(`${(spent / made).toFixed(2)} ms of CPU a replicate`)
