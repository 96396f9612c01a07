import { useSignal } from "@preact/signals"
import type { PrintedTable, TableCell } from "../../../messages/estimates/table.ts"
import { AtPoint, pointWidths } from "./at-point.tsx"
import { focusNumber } from "./focus-number.ts"
import { lookOf, marksOf } from "./marks.tsx"
import type { ShownLine } from "./only.ts"
import { nextNumber, type Place, placeText } from "./table-keys.ts"

interface TableProps {
  readonly table: PrintedTable
  readonly lines: ReadonlyArray<ShownLine>
  readonly chosen: Place | undefined
  readonly onChoose: (cell: string) => void
}

const Heads = ({ columns, heads }: Pick<PrintedTable, "columns" | "heads">) => {
  const besides = columns.flatMap(({ published }) => (published ? [false, true] : [false]))
  return (
    <thead>
      {heads.map((line, i) => {
        let at = 0
        return (
          <tr key={i}>
            <td />
            {line.map(({ group, span, text }) => {
              const from = at
              at += span
              const beside = i === heads.length - 1 && span === 1 && besides[from] === true
              const end = besides[at] !== true
              const look = `${beside ? "estimates-paper" : ""} ${end ? "estimates-last" : ""}`
              if (text === "") return <td key={from} colSpan={span} class={look} />
              return (
                <th key={from} scope={group || span > 1 ? "colgroup" : "col"} colSpan={span} class={look}>
                  {text}
                </th>
              )
            })}
          </tr>
        )
      })}
    </thead>
  )
}

/** What is said of a number to somebody who does not see the table. */
const spoken = (cell: TableCell): string => {
  const marks = marksOf(cell).map(({ words }) => words)
  const against =
    cell.published === "" ? "" : `, published ${cell.published}${cell.verdict === "none" ? "" : marks.length === 0 ? ", agrees" : `, ${marks.join(", ")}`}`
  return `${cell.text === "" ? "nothing" : cell.text}${against}`
}

/** A printed table; each of its numbers can be asked about. */
export const PrintedTableView = ({ chosen, lines, onChoose, table }: TableProps) => {
  const numbers = lines.flatMap(({ cells, row }) => cells.flatMap(({ number }, column) => (number ? [{ row, column }] : [])))
  const stop = useSignal<Place | undefined>(undefined)
  const wanted = stop.value ?? chosen
  const stopAt = numbers.find(({ column, row }) => row === wanted?.row && column === wanted.column) ?? numbers[0]
  const widths = table.columns.map((_, c) => ({
    run: pointWidths(table.lines.map(({ cells }) => cells[c]!.text)),
    paper: pointWidths(table.lines.map(({ cells }) => cells[c]!.published))
  }))
  const onKey = (event: KeyboardEvent, at: Place) => {
    const next = nextNumber(numbers, at, event.key)
    if (next === undefined) return
    event.preventDefault()
    stop.value = next
    focusNumber(next)
  }
  const numberOf = (cell: TableCell, place: Place, numeric: boolean) => {
    const inner = <AtPoint text={cell.text === "" && cell.published !== "" ? "–" : cell.text} widths={widths[place.column]!.run} numeric={numeric} />
    if (!cell.number) return inner
    const own = placeText(place)
    return (
      <button
        type="button"
        class="estimates-number"
        data-number={own}
        aria-label={spoken(cell)}
        aria-pressed={chosen !== undefined && placeText(chosen) === own}
        tabIndex={stopAt !== undefined && placeText(stopAt) === own ? 0 : -1}
        onClick={() => onChoose(own)}
        onFocus={() => (stop.value = place)}
        onKeyDown={(event) => onKey(event, place)}
      >
        {inner}
      </button>
    )
  }
  if (lines.length === 0) return <p class="soft">Nothing of this table does.</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section class="estimates-scroll" tabIndex={0} aria-label="the table">
      <table class="estimates-printed">
        <caption class="unseen">{table.title}. Arrow keys go from number to number, Enter tells of one.</caption>
        <Heads {...table} />
        <tbody>
          {lines.map((line, i) => (
            <tr key={line.row} class={line.ruled && i > 0 ? "estimates-ruled" : ""}>
              {line.lines === 0 ? null : (
                <th
                  scope={line.lines > 1 || line.heading ? "rowgroup" : "row"}
                  rowSpan={line.lines}
                  colSpan={line.heading ? 1 + table.columns.reduce((sum, { published }) => sum + (published ? 2 : 1), 0) : 1}
                  class={`${line.heading ? "estimates-heading" : ""} estimates-level-${Math.min(2, line.level)}`}
                >
                  {line.label}
                </th>
              )}
              {line.heading
                ? null
                : line.cells.map((cell, column) => {
                    const { numeric, published } = table.columns[column]!
                    const look = `${lookOf(cell)} ${numeric ? "estimates-numeric" : "estimates-words"}`
                    const key = `${line.row}.${column}`
                    return [
                      <td key={key} class={`${look} ${published ? "" : "estimates-last"}`}>
                        {numberOf(cell, { row: line.row, column }, numeric)}
                      </td>,
                      published ? (
                        <td key={`${key}p`} class={`${look} estimates-paper estimates-last`}>
                          <AtPoint text={cell.published} widths={widths[column]!.paper} numeric={numeric} />
                          <span class="estimates-mark" aria-hidden="true">
                            {marksOf(cell)
                              .map(({ sign }) => sign)
                              .join("")}
                          </span>
                        </td>
                      ) : null
                    ]
                  })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
