import { type Fault, Stage, StageFailure, type Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { groupInteraction } from "../../src/econometrics/groups/group-interaction.ts"
import { groupPermutation } from "../../src/econometrics/groups/group-permutation.ts"
import type { EntityGroups } from "../../src/econometrics/groups/grouped-sample.ts"
import { failTogether } from "../fail-together.ts"
import { readGroupColumn, strangers, unknownGroups } from "../group-column.ts"
import { Entities, Estimates, Panel, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { readDesign } from "./design.ts"
import { controlsParam, inferenceParams, missingParam, yearsParam } from "./model-params.ts"
import { estimatesOf, testsOf } from "./model-tables.ts"
import { Term } from "./term.ts"
import { warnAll } from "./warn-all.ts"

export const GroupDifferenceParams = Schema.Struct({
  dependent: Term,
  regressors: Schema.NonEmptyArray(Term),
  ...controlsParam,
  /** The column of the Entities table that says which group each entity is in. */
  group: Schema.NonEmptyString,
  /** Which groups are compared, in the order of differences (the earlier less the later): a name in the results, and the values of the column that it takes together. Without it each value is a group. */
  groups: Schema.optionalKey(
    Schema.Array(Schema.Struct({ name: Schema.NonEmptyString, values: Schema.Array(Schema.String).check(Schema.isMinLength(1)) })).check(Schema.isMinLength(2))
  ),
  /** The regressors or controls whose coefficients are compared: without it, the regressors. */
  terms: Schema.optionalKey(Schema.NonEmptyArray(Term)),
  /** Wald tests in the interacted model; the permutation test. */
  methods: Schema.NonEmptyArray(Schema.Literals(["wald", "permutation"])).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed(["wald", "permutation"] as ["wald", "permutation"]))
  ),
  /** What has coefficients by group in the interacted model: all slopes and the year effects, as in sub-samples; or the regressors alone. */
  interact: Schema.Literals(["all", "regressors"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("all" as const))),
  /** How often labels are permuted; where there are no more arrangements of them than this, all are taken. */
  permutations: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(1999))),
  /** Of the Wald tests and the coefficients. */
  smallSample: inferenceParams.smallSample,
  level: inferenceParams.level,
  tolerance: inferenceParams.tolerance,
  ...yearsParam,
  ...missingParam,
  /** Another stream gives other permutations of the same study seed. */
  stream: Schema.Int.pipe(Schema.withDecodingDefaultKey(Effect.succeed(0)))
})

/** The groups of the named entities; all that is wrong with the parameters is told together. */
const readGroups = (
  entities: Tracked<typeof Entities>,
  panelEntities: ReadonlyArray<string>,
  { group, groups }: Pick<typeof GroupDifferenceParams.Type, "group" | "groups">
): Effect.Effect<{ readonly names: ReadonlyArray<string>; readonly groupOf: (entity: string) => number }, StageFailure> =>
  Effect.gen(function* () {
    const faults: Array<Fault> = []
    const column = readGroupColumn(entities, group, "group", faults)
    const wanted: ReadonlyArray<{ readonly name: string; readonly values: ReadonlyArray<string> }> =
      groups ?? (column?.groups ?? []).map((value) => ({ name: value, values: [value] }))
    const wrong = (code: string, i: number, message: string, value: string): void => {
      faults.push({ code, message: `groups[${i}]: ${message}`, where: { parameter: "groups", column: group, value } })
    }
    const takenBy = new Map<string, string>()
    wanted.forEach(({ name, values }, i) => {
      if (column !== undefined) faults.push(...unknownGroups(column, values, `groups[${i}] ("${name}")`, { parameter: "groups", column: group }))
      if (wanted.findIndex((other) => other.name === name) < i) wrong("group-twice", i, `there is another group "${name}": give it another name`, name)
      for (const value of new Set(values)) {
        const other = takenBy.get(value)
        if (other !== undefined)
          wrong("group-twice", i, `"${value}" is in ${other} and in ${name}, and groups that are compared have no entity in common: take it out of one`, value)
        takenBy.set(value, name)
      }
    })
    faults.push(...strangers(entities, panelEntities))
    yield* failTogether(faults)
    const names = wanted.map(({ name }) => name)
    const groupOf = (entity: string): number => names.indexOf(takenBy.get(column!.groupOf(entity)) ?? "")
    const without = [...new Set(panelEntities)].filter((entity) => column!.groupOf(entity) === "")
    if (groups === undefined && without.length > 0)
      yield* Stage.warn({ code: "entities-without-group", message: `${without.join(", ")}: no ${group} in the dictionary, so that they are in no group` })
    return { names, groupOf }
  })

/**
 * Do coefficients of the two-way fixed effects model differ between groups of entities? Wald tests in the model with slopes by group, clustered by entity, of all groups
 * and of each pair (`difference_f`, `difference_chi2`); Fisher's permutation test of each pair (`permutation`, two-sided, and `_greater`, `_less`), whose statistic is the
 * first group's coefficient less the second's, and the same over its standard error (`permutation_t`, two-sided). Variants are named `term: all groups` and `term: first - second`.
 * `coefficients` has an equation a group, and "all groups" for controls that the groups share.
 */
export const groupDifference = Stage.make("group-difference", {
  inputs: { panel: Panel, entities: Entities },
  params: GroupDifferenceParams,
  output: { coefficients: Estimates, tests: Tests },
  run: ({ entities, panel }, params) =>
    Effect.gen(function* () {
      const { controls, dependent, interact, level, methods, permutations, regressors, smallSample, terms, tolerance } = params
      const { groupOf, names } = yield* readGroups(entities, panel.column("entity").values, params)
      const slopes = interact === "all" ? [...regressors, ...controls] : regressors
      const unknown = (terms ?? []).filter((term) => !slopes.includes(term))
      if (unknown.length > 0)
        return yield* StageFailure.of(
          "unknown-term",
          `terms: ${unknown.join(", ")} has no coefficient by group; those that have one are ${slopes.join(", ")}${interact === "all" ? "" : ' (interact: "all" gives the controls theirs)'}`,
          { parameter: "terms" }
        )
      const design = yield* readDesign(panel, [dependent, ...regressors, ...controls], params)
      const groups: EntityGroups = { names, of: Int32Array.from(design.index.entities, groupOf) }
      const model = {
        index: design.index,
        dependent: design.variable(dependent),
        regressors: design.variables(regressors),
        controls: design.variables(controls),
        groups
      }
      const fit = yield* attempt(() => groupInteraction(model, { interact, smallSample, level, tolerance, terms }))
      yield* warnAll(fit.warnings)
      const seed = yield* Stage.seed
      const permuted = methods.includes("permutation")
        ? yield* attempt(() => groupPermutation(model, { seed, permutations, terms }))
        : { tests: [], warnings: [] }
      yield* warnAll(permuted.warnings)
      return {
        coefficients: estimatesOf([
          ...fit.groups.map(({ inference, name }) => ({ equation: name, inference })),
          ...(fit.shared === undefined ? [] : [{ equation: "all groups", inference: fit.shared }])
        ]),
        tests: testsOf([...(methods.includes("wald") ? fit.tests : []), ...permuted.tests])
      }
    })
})
