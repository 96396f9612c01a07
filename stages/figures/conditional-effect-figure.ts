import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { significant } from "../../src/render/numbers.ts"
import { Effects, Figure, Tests } from "../table-types.ts"
import { type FigurePoint, figureTable } from "./figure-points.ts"

const ConditionalEffectFigureParams = Schema.Struct({
  title: Schema.String,
  /** Which effect is drawn over the moderator. */
  effect: Schema.Literals(["indirect", "direct"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("direct" as const))),
  /** The moderator and the effect, with their units. */
  xLabel: Schema.String,
  yLabel: Schema.String,
  notes: Schema.Array(Schema.String).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
})

/**
 * A conditional effect over its moderator with the band of its intervals, and upright lines where the band leaves zero (Johnson and Neyman 1936; Bauer and Curran 2005). The effects and
 * tests are those of `moderation` (or of `bootstrap` on its replicates) at `values: { grid: 41 }`, say.
 */
export const conditionalEffectFigure = Stage.make("conditional-effect-figure", {
  inputs: { effects: Effects, tests: Tests },
  params: ConditionalEffectFigureParams,
  output: Figure,
  run: ({ effects, tests }, { effect, notes, title, xLabel, yLabel }) =>
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
      if (points.length < 2)
        return yield* StageFailure.of(
          "nothing-to-draw",
          `the effects and tests have ${points.length === 0 ? "no" : "one"} ${effect} effect at a value of a moderator; take those of one moderation with values: { grid: 41 }, say`,
          { parameter: "effect" }
        )
      const banded = points.filter(({ row }) => !Number.isNaN(low![row]!) && !Number.isNaN(high![row]!))
      const sign = (row: number) => (low![row]! > 0 ? 1 : high![row]! < 0 ? -1 : 0)
      // Where the band leaves zero between two values, by the straight line between its limits there.
      const roots = banded.slice(1).flatMap(({ row, x }, i) => {
        const before = banded[i]!
        if (sign(before.row) === sign(row)) return []
        const limit = (sign(row) === 1 || sign(before.row) === 1 ? low : high)!
        const [a, b] = [limit[before.row]!, limit[row]!]
        return a === b ? [] : [before.x + (a / (a - b)) * (x - before.x)]
      })
      const method = effects.column("method").values[points[0]!.row]!
      const where =
        roots.length > 0
          ? `The band leaves zero at ${roots.map((root) => significant(root, 3)).join(" and ")}.`
          : banded.every(({ row }) => sign(row) === 0)
            ? "The band holds zero everywhere."
            : "The band holds zero nowhere."
      return figureTable({ title, xLabel, yLabel, notes: [`Band: intervals by ${method}, at ${points.length} values. ${where}`, ...notes] }, [
        { mark: "rule", y: 0 },
        ...roots.map((x): FigurePoint => ({ mark: "rule", x })),
        ...banded.map(({ row, x }): FigurePoint => ({ mark: "band", x, yRange: [low![row]!, high![row]!] })),
        ...points.map(({ row, x }): FigurePoint => ({ mark: "line", x, y: estimate![row]! }))
      ])
    })
})
