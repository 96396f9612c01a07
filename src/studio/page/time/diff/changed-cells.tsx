import { useSignal } from "@preact/signals"
import { addressOf } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { Pager } from "./pager.tsx"
import type { Pair } from "./pair.ts"

const SHOWN = 15

const inPercent = (relative: number | null): string => {
  if (relative === null) return ""
  const percent = 100 * relative
  const text = Math.abs(percent) >= 1000 ? percent.toExponential(1) : percent.toFixed(Math.abs(percent) < 1 ? 3 : 1)
  return `${percent > 0 ? "+" : ""}${text}%`
}

interface Props {
  readonly pair: Pair
  readonly node: string
  readonly output: string
  readonly column: string
}

/** The cells of a column that differ, the largest change first; a cell of an entity's year leads on to where it comes from. */
export const ChangedCells = ({ column, node, output, pair }: Props) => {
  const by = useSignal<"relative" | "absolute" | "row">("relative")
  const start = useSignal(0)
  const { answer, failure } = useAnswer("run-diff-cells", { ...pair, node, output, column, by: by.value, start: start.value, count: SHOWN }, ["store"])
  if (failure !== undefined) return <FailureNote failure={failure} />
  return (
    <div class="time-cells">
      <label class="soft">
        first{" "}
        <select
          value={by.value}
          onChange={(event) => {
            by.value = event.currentTarget.value as typeof by.value
            start.value = 0
          }}
        >
          <option value="relative">the largest relative change</option>
          <option value="absolute">the largest change</option>
          <option value="row">as the rows stand</option>
        </select>
      </label>
      <table>
        <thead>
          <tr>
            <th scope="col">row</th>
            <th scope="col">before</th>
            <th scope="col">after</th>
            <th scope="col">by</th>
          </tr>
        </thead>
        <tbody>
          {answer?.cells.map((cell) => (
            <tr key={cell.row}>
              <th scope="row">
                {cell.entity === undefined || cell.year === undefined ? (
                  cell.row
                ) : (
                  <a href={addressOf(pair.study, "runs", ["trace"], { node, output, entity: cell.entity, year: String(cell.year), column })}>{cell.row}</a>
                )}
              </th>
              <td class="time-number">{cell.before}</td>
              <td class="time-number">{cell.after}</td>
              <td class="time-number">{inPercent(cell.relative)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pager start={start} count={SHOWN} total={answer?.total ?? 0} what="cells" />
    </div>
  )
}
