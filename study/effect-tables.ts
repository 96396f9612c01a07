/** Table 8, the Hausman test of section 5.1, and what the paper's tables do not tell: whether groups differ, and effects at values of the moderators. */
import type { Builder, Output } from "@sediment/sediment"
import type { Effects, Tests } from "../stages/table-types.ts"
import { mediationTable } from "../stages/tables/mediation-table.ts"
import { testsTable } from "../stages/tables/tests-table.ts"
import type { PublishedFiles } from "./published.ts"

export interface Contrasts {
  readonly [by: string]: {
    readonly names: ReadonlyArray<string>
    readonly own: { readonly tests: Output<typeof Tests> }
    readonly shared: { readonly tests: Output<typeof Tests> }
  }
}

/** What Table 6 does not tell: whether the coefficients that it sets side by side differ. */
export const differenceTables = (dag: Builder, differences: Contrasts) =>
  dag.map(differences, ({ names, own, shared }, one, of) => {
    const pairs = names.flatMap((first, i) => names.slice(i + 1).map((second) => `coagglo: ${first} - ${second}`))
    const hypotheses = names.length > 2 ? ["coagglo: all groups", ...pairs] : pairs
    const tests = (test: string, variants: ReadonlyArray<string>, position: number, label: string) =>
      variants.map((variant) => ({ test, variant, tests: position, label }))
    return one.node(
      "table-group-difference",
      testsTable,
      { tests: [own.tests, shared.tests], published: [] },
      {
        title: `Section 5.3. Differences of the coefficient of coagglo: ${of}`,
        rows: [
          ...tests("difference_f", hypotheses, 0, "Wald F, as in sub-samples"),
          ...tests("permutation", pairs, 0, "Difference, permutation"),
          ...tests("permutation_t", pairs, 0, "t, permutation"),
          ...tests("difference_f", hypotheses, 1, "Wald F, shared controls")
        ]
      }
    )
  })

export const mediatedEffectsTable = (dag: Builder, mediatedEffects: Output<typeof Effects>, printed: PublishedFiles) =>
  dag.node(
    "table8",
    mediationTable,
    { effects: mediatedEffects, published: printed["table-08"] },
    {
      title: "Table 8. The results of the bootstrap mediation analysis",
      interval: "95% bias-corrected interval",
      effects: [
        { effect: "indirect", label: "Indirect effect" },
        { effect: "direct", label: "Direct effect" },
        { effect: "total", label: "Total effect" }
      ],
      terms: [{ term: "coagglo", label: "Explained variable: ami; mediating variable: uic" }]
    }
  )

export interface Moderation {
  readonly tests: Output<typeof Tests>
  readonly intervals: Output<typeof Effects>
}

/** What Tables 9 and 10 do not tell: the effects at low, middling and high values of the moderator, and where the direct one is significant. */
export const conditionalTables = (dag: Builder, moderations: { readonly [moderator: string]: Moderation }) =>
  dag.map(moderations, (model, one, moderator) => [
    one.node(
      "table-conditional-effects",
      mediationTable,
      { effects: model.intervals, published: [] },
      {
        title: `Section 5.5. Effects of coagglo on ami at percentiles of ${moderator}`,
        interval: "95% bias-corrected interval",
        terms: [
          { term: `coagglo | ${moderator} p16`, label: `At the 16th percentile of ${moderator}` },
          { term: `coagglo | ${moderator} p50`, label: "At its median" },
          { term: `coagglo | ${moderator} p84`, label: "At its 84th percentile" },
          { term: `coagglo | ${moderator} p50 - p16`, label: "At the median less at the 16th" },
          { term: `coagglo | ${moderator} p84 - p50`, label: "At the 84th less at the median" },
          { term: `coagglo | ${moderator} p84 - p16`, label: "At the 84th less at the 16th" }
        ]
      }
    ),
    one.node(
      "table-moderator",
      testsTable,
      { tests: [model.tests], published: [] },
      {
        title: `Section 5.5. Values of ${moderator}, and where the direct effect is significant`,
        rows: [
          ...["p16", "p50", "p84"].map((variant) => ({ test: "moderator_value", variant, label: `Value of ${moderator}` })),
          { test: "johnson_neyman", label: "Johnson-Neyman root" },
          { test: "moderated_mediation_index", label: "Index of moderated mediation" }
        ]
      }
    )
  ])

export const hausmanTable = (dag: Builder, hausmanTests: { readonly tests: Output<typeof Tests> }, printed: PublishedFiles) =>
  dag.node(
    "table-hausman",
    testsTable,
    { tests: [hausmanTests.tests], published: printed.text },
    {
      title: "Section 5.1. Fixed or random effects: Hausman tests",
      rows: [
        { test: "hausman", label: "Hausman" },
        { test: "hausman_sigmamore", label: "Hausman, sigmamore", published: "" },
        { test: "mundlak", label: "Mundlak, cluster-robust F", published: "" }
      ]
    }
  )
