import type { ArtifactColumn, ColumnSummary } from "../../../messages/artifact.ts"
import type { Condition } from "../../../messages/table-query/filter.ts"
import { Facts } from "../../shell/facts.tsx"
import { counted, countInWords, roundedNumber } from "../words.ts"
import { FilterForm } from "./filter-form.tsx"
import { Histogram } from "./histogram.tsx"

interface ColumnPanelProps {
  readonly column: ArtifactColumn
  readonly summary: ColumnSummary | undefined
  /** The conditions of this column that hold now. */
  readonly own: ReadonlyArray<Condition>
  readonly onFilter: (conditions: ReadonlyArray<Condition>) => void
}

const share = (part: number, whole: number): string => (whole === 0 ? "" : ` (${roundedNumber((100 * part) / whole, 2)}%)`)

const Statistics = ({ summary }: { readonly summary: ColumnSummary }) => {
  const { filled, missing, notFinite, numbers, rows, values } = summary
  const facts: Array<readonly [string, string]> = [
    ["rows", countInWords(rows)],
    ["missing", `${countInWords(missing)}${missing > 0 ? share(missing, rows) : ""}`]
  ]
  if (filled > 0) facts.push(["filled in", `${countInWords(filled)}${share(filled, rows)}`])
  if (notFinite > 0) facts.push(["NaN or infinite", countInWords(notFinite)])
  if (values !== undefined) facts.push(["distinct", countInWords(values.distinct)])
  if (numbers !== undefined) {
    const { lower, max, mean, median, min, sd, upper } = numbers
    facts.push(["mean", roundedNumber(mean, 6)], ["sd", sd === null ? "—" : roundedNumber(sd, 6)])
    facts.push(["min", roundedNumber(min, 6)], ["lower quartile", roundedNumber(lower, 6)], ["median", roundedNumber(median, 6)])
    facts.push(["upper quartile", roundedNumber(upper, 6)], ["max", roundedNumber(max, 6)])
  }
  return <Facts class="artifact-facts" facts={facts} />
}

/** What a column is, how its cells are spread, and the form that asks for some of its rows. */
export const ColumnPanel = ({ column, onFilter, own, summary }: ColumnPanelProps) => (
  <>
    <h2>{column.name}</h2>
    {column.description === "" ? null : <p>{column.description}</p>}
    <p class="soft">
      {column.kind}
      {column.unit === "" ? "" : `, ${column.unit}`}
    </p>
    {summary === undefined ? (
      <p class="soft" role="status">
        counting…
      </p>
    ) : (
      <>
        <Histogram column={column.name} summary={summary} onFilter={onFilter} whole={column.kind === "integer"} />
        <Statistics summary={summary} />
        {own.length > 0 ? <p class="soft">Of the {counted(summary.rows, "row")} that the filter leaves.</p> : null}
      </>
    )}
    <FilterForm key={JSON.stringify([column.name, own])} column={column} summary={summary} own={own} onFilter={onFilter} />
  </>
)
