import { type Fault, many, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { gridRegion } from "../../src/econometrics/mediation/grid-region.ts"
import { DIRECT_EFFECT_TEST } from "../../src/econometrics/mediation/moderation.ts"
import { significant } from "../../src/render/numbers.ts"
import { failTogether } from "../fail-together.ts"
import { variablesOf } from "../panel-columns.ts"
import { Effects, Figure, Panel, Tests } from "../table-types.ts"
import { type FigurePoint, figureTable } from "./figure-points.ts"
import { countsIn, histogramEdges } from "./histogram-bins.ts"

const ConditionalEffectFigureParams = Schema.Struct({
  title: Schema.String,
  /** Which effect is drawn over the moderator. */
  effect: Schema.Literals(["indirect", "direct"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("direct" as const))),
  /** The moderator and the effect, with their units. */
  xLabel: Schema.String,
  yLabel: Schema.String,
  /** The moderator's variable in `panels`, whose distribution is drawn below. */
  moderator: Schema.optionalKey(Schema.NonEmptyString),
  notes: Schema.Array(Schema.String).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
})

/** Height of the moderator's distribution as a share of the band's. */
const shareOfDistribution = 0.16

interface Limits {
  readonly x: number
  readonly low: number
  readonly high: number
}

const band = (group: number, limits: ReadonlyArray<Limits>): ReadonlyArray<FigurePoint> =>
  limits.map(({ high, low, x }) => ({ mark: "band", group, x, yRange: [low, high] }))

/** The limits at a value between two of the grid, on the straight line between theirs. */
const limitsAt = (grid: ReadonlyArray<Limits>, x: number): Limits => {
  const after = Math.max(
    1,
    grid.findIndex((point) => point.x >= x)
  )
  const [a, b] = [grid[after - 1]!, grid[after]!]
  const share = (x - a.x) / (b.x - a.x)
  return { x, low: a.low + share * (b.low - a.low), high: a.high + share * (b.high - a.high) }
}

/** The grid with the roots that are known exactly between its values: one limit is zero there. */
const withRoots = (grid: ReadonlyArray<Limits>, roots: ReadonlyArray<number>): ReadonlyArray<Limits> =>
  [
    ...grid,
    ...roots
      .filter((root) => grid.length > 1 && root > grid[0]!.x && root < grid.at(-1)!.x && grid.every(({ x }) => x !== root))
      .map((root) => {
        const { high, low } = limitsAt(grid, root)
        return Math.abs(low) < Math.abs(high) ? { x: root, low: 0, high } : { x: root, low, high: 0 }
      })
  ].sort((a, b) => a.x - b.x)

/**
 * A conditional effect over its moderator with the band of its intervals, of a stronger colour where it leaves zero, upright lines where that region ends (Johnson and Neyman 1936; Bauer and
 * Curran 2005: exact roots where `tests` have those of these intervals, else on a straight line between two values of the grid), and the moderator's distribution below where `panels` have it. The effects and tests are those of `moderation` (or of `bootstrap` on its replicates) at
 * `values: { grid: 41 }`, say.
 */
export const conditionalEffectFigure = Stage.make("conditional-effect-figure", {
  inputs: { effects: Effects, tests: Tests, panels: many(Panel) },
  params: ConditionalEffectFigureParams,
  output: Figure,
  run: ({ effects, panels, tests }, { effect, moderator, notes, title, xLabel, yLabel }) =>
    Effect.gen(function* () {
      const term = effects.column("term").values
      const kind = effects.column("effect").values
      const [estimate, low, high] = (["estimate", "conf_low", "conf_high"] as const).map((name) => effects.column(name).values)
      const test = tests.column("test").values
      const variant = tests.column("variant").values
      const value = tests.column("statistic").values
      const points = [...test.keys()]
        .filter((i) => test[i] === "moderator_value")
        .map((i) => ({ x: value[i]!, row: term.findIndex((name, row) => kind[row] === effect && name.endsWith(` ${variant[i]}`) && !name.includes(" - ")) }))
        .filter(({ row }) => row >= 0)
        .sort((a, b) => a.x - b.x)
      const faults: Array<Fault> = []
      if (points.length < 2)
        faults.push({
          code: "nothing-to-draw",
          message: `the effects and tests have ${points.length === 0 ? "no" : "one"} ${effect} effect at a value of a moderator; take those of one moderation with values: { grid: 41 }, say`,
          where: { parameter: "effect" }
        })
      const holder = panels.find((panel) => moderator !== undefined && variablesOf(panel).includes(moderator))
      if ((moderator === undefined) !== (panels.length === 0) || (moderator !== undefined && holder === undefined))
        faults.push({
          code: "no-moderator",
          message:
            moderator === undefined
              ? 'panels are wired, but "moderator" does not say which of their variables is the moderator'
              : `no panel has the moderator "${moderator}": they have ${panels.flatMap((panel) => variablesOf(panel)).join(", ") || "no variables"}`,
          where: { parameter: "moderator" }
        })
      yield* failTogether(faults)
      const method = effects.column("method").values[points[0]!.row]!
      const roots = [...test.keys()].flatMap((i) =>
        effect === "direct" && method === DIRECT_EFFECT_TEST && test[i] === "johnson_neyman" && !Number.isNaN(value[i]!) ? [value[i]!] : []
      )
      const limits = points
        .map(({ row, x }): Limits => ({ x, low: low![row]!, high: high![row]! }))
        .filter((at) => !Number.isNaN(at.low) && !Number.isNaN(at.high))
      const grid = withRoots(limits, roots)
      const region = gridRegion(grid.map(({ high, low, x }) => ({ value: x, low, high })))
      const stretches = region.observed.flatMap(([from, to], k) =>
        band(k + 1, [limitsAt(grid, from), ...grid.filter(({ x }) => x > from && x < to), limitsAt(grid, to)])
      )
      const where = {
        all: "The band holds zero nowhere.",
        none: "The band holds zero everywhere.",
        inside: "",
        outside: ""
      }[region.kind]
      const left =
        region.roots.length === 0
          ? where
          : `The band leaves zero at ${region.roots.map((root) => significant(root, 3)).join(" and ")}, where its colour is stronger.`
      const intervals = limits.length === 0 ? "There are no intervals at these values." : `Band: intervals by ${method}, at ${limits.length} values. ${left}`
      const [first, last] = [points[0]!.x, points.at(-1)!.x]
      const all = holder === undefined ? [] : [...holder.column(moderator!).values].filter((at) => !Number.isNaN(at))
      const inside = all.filter((at) => at >= first && at <= last)
      if (holder !== undefined && inside.length === 0)
        return yield* StageFailure.of("no-moderator", `no value of "${moderator}" lies between ${first} and ${last}, where the effect is drawn`, {
          column: moderator!,
          parameter: "panels"
        })
      const reached = [...points.map(({ row }) => estimate![row]!), ...grid.flatMap((at) => [at.low, at.high]), 0]
      const [bottom, top] = [Math.min(...reached), Math.max(...reached)]
      const edges = inside.length === 0 ? [] : histogramEdges(inside)
      const counts = inside.length === 0 ? [] : countsIn(inside, edges)
      const foot = bottom - (top - bottom) * (shareOfDistribution * 1.25)
      const unit = ((top - bottom) * shareOfDistribution) / Math.max(1, ...counts)
      const distribution = counts.map(
        (count, i): FigurePoint => ({
          mark: "bar",
          xRange: [Math.max(first, edges[i]!), Math.min(last, edges[i + 1]!)],
          yRange: [foot, foot + count * unit]
        })
      )
      const below =
        inside.length === 0 ? [] : [`Below: ${inside.length} values of ${moderator}${inside.length < all.length ? ` of ${all.length}, the rest outside` : ""}.`]
      return figureTable({ title, xLabel, yLabel, notes: [[intervals, ...below].join(" "), ...notes] }, [
        { mark: "rule", y: 0 },
        ...region.roots.map((x): FigurePoint => ({ mark: "rule", x })),
        ...band(0, grid),
        ...stretches,
        ...points.map(({ row, x }): FigurePoint => ({ mark: "line", x, y: estimate![row]! })),
        ...distribution
      ])
    })
})
