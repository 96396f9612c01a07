import fc from "fast-check"
import { describe, it } from "vitest"
import { jackknife, type Resampling, replicates } from "../../../src/econometrics/bootstrap/bootstrap.ts"
import { acceleration } from "../../../src/econometrics/bootstrap/bootstrap-interval.ts"
import type { PathModel } from "../../../src/econometrics/bootstrap/path-model.ts"
import { mediation } from "../../../src/econometrics/mediation/mediation.ts"
import { mediationPaths } from "../../../src/econometrics/mediation/mediation-paths.ts"
import { ALL_PATHS, type Path } from "../../../src/econometrics/mediation/moderated-path.ts"
import { type ModerationModel, moderation } from "../../../src/econometrics/mediation/moderation.ts"
import { moderationPaths } from "../../../src/econometrics/mediation/moderation-paths.ts"
import { sensitivity } from "../../../src/econometrics/mediation/sensitivity.ts"
import { type PanelIndex, panelIndex } from "../../../src/econometrics/sample/panel-index.ts"
import type { Variable } from "../../../src/econometrics/sample/variable.ts"
import { stream } from "../../../src/stats/random.ts"

interface Row {
  readonly entity: string
  readonly year: number
  readonly values: ReadonlyArray<number>
}
const NAMES = ["y", "x", "u", "m", "z"] as const

/** A panel with a mediation in it; some of its rows missing, if any are. */
const panel = fc
  .record({
    seed: fc.integer({ min: 0, max: 1e6 }),
    entities: fc.integer({ min: 7, max: 11 }),
    years: fc.integer({ min: 4, max: 7 }),
    holes: fc.integer({ min: 0, max: 5 })
  })
  .map(({ entities, holes, seed, years }): ReadonlyArray<Row> => {
    const s = stream(seed, 1)
    const rows = Array.from({ length: entities * years }, (_, i): Row => {
      const [m, z] = [s.normal(), s.normal()]
      const x = s.normal() + 0.3 * z
      const u = 0.5 * x + 0.2 * x * m + s.normal()
      return {
        entity: `e${String(Math.floor(i / years)).padStart(2, "0")}`,
        year: 2000 + (i % years),
        values: [0.4 * u + 0.3 * x + 0.1 * m * u + z + s.normal(), x, u, m, z]
      }
    })
    const dropped = new Set(Array.from({ length: holes }, () => s.integer(rows.length)))
    return rows.filter((_, i) => !dropped.has(i))
  })
const modelled = (rows: ReadonlyArray<Row>): { readonly index: PanelIndex; readonly model: Omit<ModerationModel, "index"> } => {
  const [y, x, u, m, z] = NAMES.map((name, j): Variable => ({ name, values: Float64Array.from(rows, ({ values }) => values[j]!) })) as [
    Variable,
    Variable,
    Variable,
    Variable,
    Variable
  ]
  return {
    index: panelIndex(
      rows.map(({ entity }) => entity),
      rows.map(({ year }) => year)
    ),
    model: { outcome: y, treatment: x, mediator: u, moderator: m, controls: [z] }
  }
}
const shuffled = <A>(items: ReadonlyArray<A>, seed: number): ReadonlyArray<A> => {
  const s = stream(seed, 2)
  return items
    .map((item) => ({ item, at: s.uniform() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
const near = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance = 1e-7): boolean =>
  a.length === b.length && Array.from(a).every((v, i) => (Number.isNaN(v) ? Number.isNaN(b[i]!) : Math.abs(v - b[i]!) <= tolerance * (1 + Math.abs(b[i]!))))
const values = (columns: ReadonlyMap<string, Float64Array>): ReadonlyArray<number> => [...columns.values()].flatMap((column) => [...column])
const drawn = (paths: PathModel, resampling: Resampling = "clusters", from = 0) =>
  values(replicates(paths, { seed: 3, from, count: 12 }, { resampling }).columns)
const point = (rows: ReadonlyArray<Row>) => {
  const { index, model } = modelled(rows)
  const whole = { index, ...model }
  return [...mediation(whole).effects, ...moderation(whole).effects, ...sensitivity(whole).effects].flatMap(({ estimate, stdError }) => [estimate, stdError])
}
const schemes: ReadonlyArray<Resampling> = ["clusters", "observations", "wild-clusters", "wild-observations"]
const check = <A>(property: fc.IProperty<A>, runs = 25): void => fc.assert(property, { numRuns: runs })

describe("laws of mediation and its bootstrap", () => {
  it("the order of rows changes nothing: effects, replicates of every scheme, jackknife", () =>
    check(
      fc.property(panel, fc.integer(), (rows, seed) => {
        const other = shuffled(rows, Math.abs(seed))
        const [a, b] = [rows, other].map((part) => {
          const { index, model } = modelled(part)
          return mediationPaths({ index, ...model })
        }) as [PathModel, PathModel]
        return (
          near(point(rows), point(other)) &&
          schemes.every((scheme) => near(drawn(a, scheme), drawn(b, scheme))) &&
          near(values(jackknife(a, "observation")), values(jackknife(b, "observation")))
        )
      })
    ))
  it("names of entities change nothing: effects, and the jackknife but for its order", () =>
    check(
      fc.property(panel, fc.integer(), (rows, seed) => {
        const names = [...new Set(rows.map(({ entity }) => entity))]
        const renamed = new Map(shuffled(names, Math.abs(seed)).map((name, i) => [name, `r${String(i).padStart(2, "0")}`]))
        const other = rows.map((row) => ({ ...row, entity: renamed.get(row.entity)! }))
        const left = (part: ReadonlyArray<Row>) => {
          const { index, model } = modelled(part)
          return [...jackknife(mediationPaths({ index, ...model }), "cluster").values()].map((column) => [...column].sort((a, b) => a - b))
        }
        return near(point(rows), point(other)) && near(left(rows).flat(), left(other).flat())
      })
    ))
  it("units change effects by their ratio, in every replicate, and neither acceleration nor the rho at which there is none", () =>
    check(
      fc.property(
        panel,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (rows, cy, cx, cu) => {
          const other = rows.map((row) => ({ ...row, values: row.values.map((v, j) => v * [cy, cx, cu, 1, 1][j]!) }))
          const [a, b] = [modelled(rows), modelled(other)]
          const [p, q] = [mediationPaths({ index: a.index, ...a.model }), mediationPaths({ index: b.index, ...b.model })]
          const scaled = (x: ReadonlyArray<number>) => x.map((v) => (v * cx) / cy)
          const zero = (part: typeof a) => sensitivity({ index: part.index, ...part.model }).effects.at(-1)!.estimate
          const bend = (paths: PathModel) => [...jackknife(paths, "cluster").values()].map(acceleration)
          return schemes.every((scheme) => near(scaled(drawn(q, scheme)), drawn(p, scheme))) && near(bend(p), bend(q), 1e-5) && near([zero(a)], [zero(b)])
        }
      )
    ))
  it("direct + indirect is total in every pairs replicate, and direct + indirect at any rho too", () =>
    check(
      fc.property(panel, (rows) => {
        const { index, model } = modelled(rows)
        const paths = mediationPaths({ index, ...model })
        const sums = (["clusters", "observations"] as const).every((resampling) => {
          const [indirect, direct, total] = [...replicates(paths, { seed: 1, from: 0, count: 10 }, { resampling }).columns.values()] as [
            Float64Array,
            Float64Array,
            Float64Array
          ]
          return near(
            indirect.map((v, i) => v + direct[i]!),
            total
          )
        })
        const { effects } = sensitivity({ index, ...model })
        const total = mediation({ index, ...model }).effects[2]!.estimate
        return sums && Array.from({ length: 19 }, (_, i) => effects[i]!.estimate + effects[19 + i]!.estimate).every((v) => near([v], [total]))
      })
    ))
  it("conditional effects and their standard errors are the same with raw, centred and standardised interactions, whichever paths are moderated", () =>
    check(
      fc.property(panel, fc.subarray([...ALL_PATHS], { minLength: 1 }), (rows, chosen) => {
        const moderated: ReadonlyArray<Path> = chosen.includes("first") || chosen.includes("second") ? chosen : ["first", ...chosen]
        const { index, model } = modelled(rows)
        const [raw, centred, standardised] = (["raw", "centred", "standardised"] as const).map((form) =>
          moderation({ index, ...model }, { form, moderated }).effects.flatMap(({ estimate, stdError }) => [estimate, stdError])
        ) as [Array<number>, Array<number>, Array<number>]
        return near(raw, centred, 1e-6) && near(standardised, centred, 1e-6)
      })
    ))
  it("where a single stage is moderated, the index is the indirect effect's difference over one unit, in every replicate", () =>
    check(
      fc.property(panel, fc.constantFrom<ReadonlyArray<Path>>(["first"], ["second"], ["first", "direct"], ["second", "direct"]), (rows, moderated) => {
        const { index, model } = modelled(rows)
        const { columns } = replicates(moderationPaths({ index, ...model }, { moderated, values: { at: [1, 3] } }), { seed: 5, from: 0, count: 10 })
        const difference = columns.get("indirect x | m = 3 - = 1")!
        return near(
          columns.get("index x | m")!.map((v) => 2 * v),
          difference
        )
      })
    ))
})
