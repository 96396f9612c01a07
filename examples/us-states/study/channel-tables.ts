/** Tables 6 to 9: the channel and the condition. */
import type { Builder, Output } from "@sediment/sediment"
import type { Effects } from "@sediment/sediment/stages/table-types.ts"
import { mediationTable } from "@sediment/sediment/stages/tables/mediation-table.ts"
import { modelTable } from "@sediment/sediment/stages/tables/model-table.ts"
import { capitalRow, employmentRow, fit, type Model, marks, modelsOf, publicRow, unemploymentRow } from "./layout.ts"

const atPercentiles = [
  { term: "public | unemp p16", label: "At the 16th percentile of unemployment" },
  { term: "public | unemp p50", label: "At its median" },
  { term: "public | unemp p84", label: "At its 84th percentile" },
  { term: "public | unemp p50 - p16", label: "At the median less at the 16th" },
  { term: "public | unemp p84 - p50", label: "At the 84th less at the median" },
  { term: "public | unemp p84 - p16", label: "At the 84th less at the 16th" }
]

interface Channel {
  readonly mediated: Model
  readonly mediatedIntervals: Output<typeof Effects>
  readonly moderated: Model
  readonly moderatedIntervals: Output<typeof Effects>
}

export const channelTables = (dag: Builder, { mediated, mediatedIntervals, moderated, moderatedIntervals }: Channel) => [
  dag.node(
    "table6",
    modelTable,
    { ...modelsOf([mediated]), tests: [], published: [] },
    {
      title: "Table 6. Public capital, private capital and output",
      decimals: 4,
      columns: [
        { label: "(1) ln output per worker", model: 0, equation: "ln_output ~ public" },
        { label: "(2) ln private capital per worker", model: 0, equation: "ln_capital ~ public" },
        { label: "(3) ln output per worker", model: 0, equation: "ln_output ~ public + ln_capital" }
      ],
      rows: [publicRow, capitalRow, employmentRow, unemploymentRow],
      marks,
      fit
    }
  ),
  dag.node(
    "table7",
    mediationTable,
    { effects: mediatedIntervals, published: [] },
    { title: "Table 7. Effects of public capital on output, through private capital and past it", decimals: 5, interval: "95% bias-corrected interval" }
  ),
  dag.node(
    "table8",
    modelTable,
    { ...modelsOf([moderated]), tests: [], published: [] },
    {
      title: "Table 8. Public capital where unemployment is high",
      decimals: 5,
      columns: [
        { label: "(1) ln output per worker", model: 0, equation: "ln_output ~ public*unemp" },
        { label: "(2) ln private capital per worker", model: 0, equation: "ln_capital ~ public*unemp" },
        { label: "(3) ln output per worker", model: 0, equation: "ln_output ~ public*unemp + ln_capital*unemp" }
      ],
      rows: [
        publicRow,
        { term: "public*unemp", label: "Public capital x unemployment" },
        capitalRow,
        { term: "ln_capital*unemp", label: "Private capital x unemployment" },
        unemploymentRow,
        employmentRow
      ],
      marks,
      fit
    }
  ),
  dag.node(
    "table9",
    mediationTable,
    { effects: moderatedIntervals, published: [] },
    {
      title: "Table 9. Effects of public capital at percentiles of unemployment",
      decimals: 5,
      interval: "95% bias-corrected interval",
      terms: atPercentiles
    }
  )
]
