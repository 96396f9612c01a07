import type { ColumnSummary } from "../../../messages/artifact.ts"
import type { Condition } from "../../../messages/table-query/filter.ts"
import { counted, countInWords, roundedNumber } from "../words.ts"

interface BarsProps {
  readonly column: string
  readonly summary: ColumnSummary
  /** Asks for the rows that a bar stands for. */
  readonly onFilter: (conditions: ReadonlyArray<Condition>) => void
}

/** Numbers in bins: each bar asks for its rows. */
const NumberBars = ({
  bins,
  column,
  onFilter,
  whole
}: BarsProps & { readonly bins: NonNullable<ColumnSummary["numbers"]>["bins"]; readonly whole: boolean }) => {
  const most = Math.max(...bins.map(({ count }) => count))
  const last = bins.length - 1
  const asked = (i: number): ReadonlyArray<Condition> => {
    const { from, to } = bins[i]!
    if (whole && to > from) return [{ column, is: "range", from, to: to - 1 }]
    if (i === last || from === to) return [{ column, is: "range", from, to }]
    return [
      { column, is: "range", from, to: undefined },
      { column, is: "range", from: undefined, to, below: true }
    ]
  }
  return (
    <fieldset class="artifact-histogram">
      <legend class="unseen">histogram of {column}: each bar asks for its rows</legend>
      <div class="artifact-bars">
        {bins.map(({ count, from, to }, i) => {
          const range = whole && to - from === 1 ? roundedNumber(from) : `${roundedNumber(from)} to ${roundedNumber(to)}`
          return (
            <button
              key={from}
              type="button"
              title={`${range}: ${counted(count, "row")}`}
              aria-label={`${range}: ${counted(count, "row")}`}
              disabled={count === 0}
              onClick={() => onFilter(asked(i))}
            >
              <span style={{ height: `${count === 0 ? 0 : Math.max(2, (100 * count) / most)}%` }} />
            </button>
          )
        })}
      </div>
      <div class="artifact-edges" aria-hidden="true">
        <span>{roundedNumber(bins[0]!.from)}</span>
        <span>{roundedNumber(whole && bins[last]!.to > bins[last]!.from ? bins[last]!.to - 1 : bins[last]!.to)}</span>
      </div>
    </fieldset>
  )
}

/** The most frequent values, each with a bar that asks for its rows. */
const ValueBars = ({ column, onFilter, values }: BarsProps & { readonly values: NonNullable<ColumnSummary["values"]> }) => {
  const most = Math.max(1, ...values.top.map(({ count }) => count))
  return (
    <ul class="artifact-values" aria-label={`values of ${column}, the most frequent first: each asks for its rows`}>
      {values.top.map(({ count, cut, value }) => (
        <li key={value}>
          <button type="button" disabled={cut} onClick={() => onFilter([{ column, is: "one-of", values: [value] }])}>
            <span class="artifact-value-bar" style={{ width: `${(100 * count) / most}%` }} />
            <span class="artifact-value">
              {value === "" ? '""' : value}
              {cut ? "…" : ""}
            </span>
            <span class="artifact-count">{countInWords(count)}</span>
          </button>
        </li>
      ))}
      {values.others > 0 ? (
        <li class="soft">
          {counted(values.distinct - values.top.length, "other value")}: {counted(values.others, "row")}
        </li>
      ) : null}
    </ul>
  )
}

/** How a column's cells are spread. */
export const Histogram = (props: BarsProps & { readonly whole: boolean }) => {
  const { numbers, values } = props.summary
  if (numbers !== undefined) return <NumberBars {...props} bins={numbers.bins} />
  if (values !== undefined && values.top.length > 0) return <ValueBars {...props} values={values} />
  return null
}
