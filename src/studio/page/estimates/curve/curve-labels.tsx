import type { Kept } from "./curve-choosing.ts"
import type { CurveData } from "./curve-data.ts"
import type { ChoiceRow } from "./curve-layout.ts"

interface LabelsProps {
  readonly data: CurveData
  readonly rows: ReadonlyArray<ChoiceRow>
  readonly height: number
  readonly kept: Kept
  readonly sort: string
  readonly onToggle: (choice: number, option: number) => void
  readonly onSort: (choice: string) => void
}

/** Room for the names of the options, in rem; those that are longer still are cut. */
export const labelRoom = ({ choices }: CurveData): string => {
  const longest = Math.max(...choices.flatMap(({ choice, options }) => [choice, ...options]).map((text) => text.length), 0)
  return `${Math.min(18, Math.max(9, longest * 0.45 + 1))}rem`
}

/** The names of choices and options beside the picture: the one sorts, the other filters. */
export const CurveLabels = ({ data, height, kept, onSort, onToggle, rows, sort }: LabelsProps) => (
  <div class="estimates-curve-labels" style={{ height: `${height}px` }}>
    <span class="estimates-curve-unit">estimate, in {data.unit}</span>
    {rows.map(({ choice, option, text, y }) =>
      option === undefined ? (
        <button
          key={`${choice}`}
          type="button"
          class="estimates-choice"
          style={{ top: `${y}px` }}
          aria-pressed={sort === text}
          title={sort === text ? "sorted by this: back to the estimates" : "sort by this choice"}
          onClick={() => onSort(sort === text ? "" : text)}
        >
          {text}
        </button>
      ) : (
        <button
          key={`${choice} ${option}`}
          type="button"
          class={`estimates-option ${kept.has(choice) && !kept.get(choice)!.has(option) ? "estimates-left-out" : ""}`}
          style={{ top: `${y}px` }}
          aria-pressed={kept.get(choice)?.has(option) === true}
          title={`${text}: show only these`}
          onClick={() => onToggle(choice, option)}
        >
          {text}
        </button>
      )
    )}
  </div>
)
