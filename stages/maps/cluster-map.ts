import type { Out, Tracked } from "@sediment/sediment"
import { StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import type { LocalG, LocalMoran } from "../autocorrelation-types.ts"
import { figureTable } from "../figures/figure-points.ts"
import type { Figure } from "../table-types.ts"
import { VariableName } from "../variable-name.ts"
import type { Areas } from "./areas-type.ts"
import { drawnYears, tellUnmatched } from "./drawn-years.ts"
import { mapParams, projectionOf } from "./map-params.ts"
import { mapPoints } from "./map-points.ts"
import { projectedAreas } from "./projected-areas.ts"

export const ClusterMapParams = Schema.Struct({
  ...mapParams,
  variable: VariableName,
  /** Which entities are named: those in a cluster, whether their names fit into their areas or not; all whose names fit; none. */
  named: Schema.Literals(["clusters", "all", "none"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("clusters" as const)))
})

const NOT = "not significant"
const ISLAND = "island"

/** p-values by the name of their column. */
const TESTS: Readonly<Record<string, string>> = {
  p: "p",
  p_fdr: "p adjusted for the false discovery rate over the entities of a year",
  p_permutation: "p by conditional permutation",
  p_permutation_fdr: "p by conditional permutation, adjusted for the false discovery rate over the entities of a year"
}

/** A map a year of which cluster of a local statistic each entity is in; the note tells the level and what was done about multiple testing. */
export const clusterMap = (
  areas: Tracked<typeof Areas>,
  table: Tracked<typeof LocalMoran> | Tracked<typeof LocalG>,
  params: typeof ClusterMapParams.Type,
  {
    kinds,
    statistic,
    told
  }: {
    /** The clusters in the order of the legend. */
    readonly kinds: ReadonlyArray<string>
    readonly statistic: string
    /** What the colours mean. */
    readonly told: string
  }
): Effect.Effect<Out<typeof Figure>, StageFailure> =>
  Effect.gen(function* () {
    // The columns that are read here are the same in both.
    const local = table as Tracked<typeof LocalG>
    const variable = local.column("variable").values
    const year = local.column("year").values
    const entity = local.column("entity").values
    const cluster = local.column("cluster").values
    const of = [...variable.keys()].filter((row) => variable[row] === params.variable)
    if (of.length === 0) {
      const there = [...new Set(variable)].map((name) => `"${name}"`).join(", ")
      return yield* StageFailure.of("nothing-to-draw", `there is no ${statistic} of "${params.variable}"; the variables are ${there}`, {
        parameter: "variable"
      })
    }
    const years = yield* drawnYears(
      `${statistic} of "${params.variable}"`,
      of.map((row) => year[row]!),
      params.years
    )
    const map = projectedAreas(areas, projectionOf(params))
    const rows = of.filter((row) => years.includes(year[row]!))
    yield* tellUnmatched(map, new Set(rows.map((row) => entity[row]!)))
    const significant = (kind: string | undefined) => kind !== undefined && kind !== NOT && kind !== ISLAND
    const panels = years.map((at) => {
      const kindOf = new Map(rows.filter((row) => year[row] === at).map((row) => [entity[row]!, cluster[row]!]))
      const some = [...kindOf.values()].filter(significant).length
      return {
        name: years.length === 1 ? "" : `${at}${some === 0 ? ": none significant" : ""}`,
        classOf: (name: string) => kindOf.get(name),
        isNamed: (name: string) => params.named === "all" || (params.named === "clusters" && significant(kindOf.get(name)))
      }
    })
    const islands = rows.some((row) => cluster[row] === ISLAND)
    const first = rows[0]!
    const [test = "", level = ""] = local.column("decided_by").values[first]!.split(" <= ")
    const sided = local.column("alternative").values[first]!
    const draws = local.column("permutations").values[first]!
    const tested = `${TESTS[test] ?? test} is at most ${level} (${sided}${test.startsWith("p_permutation") ? `, ${draws} permutations` : ""})`
    const unadjusted = test.endsWith("fdr") ? "" : "; not adjusted for the number of entities"
    return figureTable(
      {
        title: params.title,
        xLabel: "",
        yLabel: "",
        palette: "clusters",
        notes: [
          `${params.variable}${years.length === 1 ? `, ${years[0]}` : ""}: ${told} Significant where ${tested}${unadjusted}.`,
          ...map.notes,
          ...(params.notes ?? [])
        ]
      },
      mapPoints(map, { classes: [...kinds, NOT, ...(islands ? [ISLAND] : [])], panels, overhanging: params.named === "clusters" })
    )
  })
