import type { ArtifactColumn, ColumnSummary } from "../../../messages/artifact.ts"
import type { SortKey } from "../../../messages/table-query/sort.ts"
import type { ColumnLayout } from "./columns.ts"
import { MiniHistogram } from "./mini-histogram.tsx"
import { HEADER } from "./sizes.ts"

export interface HeaderProps {
  readonly layout: ColumnLayout
  readonly from: number
  readonly to: number
  /** Of so many elements the scrolled columns are drawn by turns. */
  readonly pool: number
  readonly active: number
  readonly sort: ReadonlyArray<SortKey>
  readonly filtered: ReadonlySet<string>
  readonly summaries: ReadonlyMap<string, ColumnSummary>
  readonly onSort: (column: string, beside: boolean) => void
  /** Shows what is known of a column, and the form of its filter. */
  readonly onColumn: (column: number) => void
}

const SortMark = ({ column, sort }: { readonly column: string; readonly sort: ReadonlyArray<SortKey> }) => {
  const at = sort.findIndex((key) => key.column === column)
  if (at === -1) return null
  return (
    <span class="artifact-arrow" aria-hidden="true">
      {sort[at]!.descending ? "▼" : "▲"}
      {sort.length > 1 ? <sub>{at + 1}</sub> : null}
    </span>
  )
}

const share = (part: number, whole: number): string => {
  const percent = (100 * part) / whole
  return `${percent < 1 ? "<1" : Math.round(percent)}%`
}

/** What stands beside a column's shape: that it is filtered, or how much is missing, or its unit. */
const besideShape = ({ unit }: ArtifactColumn, summary: ColumnSummary | undefined, filtered: boolean): string => {
  if (filtered) return "filter"
  return summary !== undefined && summary.missing > 0 ? `${share(summary.missing, summary.rows)} missing` : unit
}

const HeaderCell = ({ at, column, header }: { readonly at: number; readonly column: ArtifactColumn; readonly header: HeaderProps }) => {
  const { active, filtered, layout, onColumn, onSort, sort, summaries } = header
  const { description, name, unit } = column
  const key = sort.find((one) => one.column === name)
  const summary = summaries.get(name)
  const isFiltered = filtered.has(name)
  const beside = besideShape(column, summary, isFiltered)
  return (
    <div
      role="columnheader"
      id={active === at ? "artifact-active-cell" : undefined}
      class={`artifact-head${active === at ? " artifact-active" : ""}`}
      style={{ left: `${layout.lefts[at]}px`, width: `${layout.widths[at]}px` }}
      aria-colindex={at + 2}
      aria-sort={key === undefined ? undefined : key.descending ? "descending" : "ascending"}
    >
      <button
        type="button"
        tabIndex={-1}
        class="artifact-sort"
        title={[`${name}${description === "" ? "" : `: ${description}`}`, unit].filter((one) => one !== "").join(", ")}
        onClick={(event) => onSort(name, event.shiftKey)}
      >
        <span class="artifact-name">{name}</span>
        <SortMark column={name} sort={sort} />
      </button>
      <button
        type="button"
        tabIndex={-1}
        class={`artifact-about${isFiltered ? " artifact-filtered" : ""}`}
        aria-label={`summary and filter of ${name}${beside === "" ? "" : `, ${beside}`}`}
        title="summary and filter"
        onClick={() => onColumn(at)}
      >
        {summary === undefined ? null : <MiniHistogram summary={summary} />}
        <span class="artifact-unit">{beside}</span>
      </button>
    </div>
  )
}

/** The names of the columns, their shapes, and how the rows are ordered. */
export const GridHeader = (header: HeaderProps) => {
  const { from, layout, pool, to } = header
  const columns = (first: number, end: number) =>
    Array.from({ length: end - first }, (_, i) => <HeaderCell key={(first + i) % pool} at={first + i} column={layout.columns[first + i]!} header={header} />)
  return (
    <div role="row" aria-rowindex={1} class="artifact-header" style={{ height: `${HEADER}px` }}>
      <div class="artifact-scrolled">
        <div class="artifact-moved">{columns(from, to)}</div>
      </div>
      <div class="artifact-sticky" style={{ width: `calc(var(--numbers) + ${layout.stickyWidth}px)` }}>
        <div role="columnheader" class="artifact-number" aria-colindex={1}>
          row
        </div>
        <div class="artifact-keys">{columns(0, layout.sticky)}</div>
      </div>
    </div>
  )
}
