import { useSignal } from "@preact/signals"
import type { ComponentChildren } from "preact"
import { numberText } from "./number-text.ts"

type Cell = string | number | null

interface SameNumbersProps {
  /** What the table is of. */
  readonly caption: string
  /** What opens it. */
  readonly title?: string
  readonly columns: ReadonlyArray<string>
  /** Row by row; asked for when it is opened. A number is written as `numberText` does, null is an empty cell. */
  readonly rows: () => ReadonlyArray<ReadonlyArray<Cell>>
  /** What stands below, a link to the artifact, say. */
  readonly children?: ComponentChildren
}

/** So many rows are laid out at once; more are in the artifact. */
const SHOWN = 2000

const write = (cell: Cell): string => (typeof cell === "number" ? numberText(cell, 6) : (cell ?? ""))
/** As a spreadsheet takes it from the clipboard: numbers as they are. */
const tabbed = (rows: ReadonlyArray<ReadonlyArray<Cell>>): string => rows.map((row) => row.map((cell) => cell ?? "").join("\t")).join("\n")

const Rows = ({ caption, children, columns, rows }: SameNumbersProps) => {
  const all = rows()
  const copied = useSignal("copy the numbers")
  const copy = () =>
    navigator.clipboard.writeText(tabbed([columns, ...all])).then(
      () => (copied.value = "copied"),
      () => (copied.value = "the browser did not let them be copied")
    )
  const numeric = columns.map((_, column) => all.some((row) => typeof row[column] === "number"))
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="chart-rows" tabIndex={0} aria-label={caption}>
        <table>
          <caption class="unseen">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column, at) => (
                <th key={column} scope="col" class={numeric[at] ? "chart-number" : ""}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {all.slice(0, SHOWN).map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) => (
                  <td key={columns[column]} class={numeric[column] ? "chart-number" : ""}>
                    {write(cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="chart-rows-foot">
        <button type="button" onClick={copy} aria-live="polite">
          {copied.value}
        </button>
        {all.length > SHOWN ? (
          <span class="soft">
            the first {SHOWN} of {numberText(all.length)} rows; copying takes all
          </span>
        ) : null}
        {children}
      </p>
    </>
  )
}

/** The numbers of a chart as a table, closed until somebody wants it. */
export const SameNumbers = (props: SameNumbersProps) => {
  const open = useSignal(false)
  return (
    <details class="chart-numbers" onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>{props.title ?? "The same numbers as a table"}</summary>
      {open.value ? <Rows {...props} /> : null}
    </details>
  )
}
