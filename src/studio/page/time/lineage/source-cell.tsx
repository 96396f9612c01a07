import { useEffect, useRef } from "preact/hooks"
import type { Answer } from "../../../messages/questions.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useEscape } from "../../shell/use-escape.ts"
import { useAnswer } from "../../use-answer.ts"

interface Props {
  readonly study: string
  readonly file: string
  readonly sheet: string
  readonly cell: string
  /** What the study read, where it is not up to date. */
  readonly before: string | undefined
  readonly close: () => void
}

/** The first two columns tell what a row is of: they stay in sight, unless the cell is one of them. */
const keyClass = ({ column, columns }: Answer<"source-cell">, position: number): string | undefined =>
  position < 2 && columns[position] === ["A", "B"][position] && column !== "A" && column !== "B" ? `time-sheet-key-${position + 1}` : undefined

/** The yearbook: a file around a cell, as it stands there. Escape closes it. */
export const SourceCell = ({ before, cell, close, file, sheet, study }: Props) => {
  const { answer, failure } = useAnswer("source-cell", { study, file, sheet, cell }, ["studies"])
  useEscape(true, close)
  const marked = useRef<HTMLTableCellElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    title.current?.focus()
  }, [file, sheet, cell])
  useEffect(() => {
    // Within the table alone: the page stays where it is.
    const [cellShown, table] = [marked.current, marked.current?.closest("section")]
    if (cellShown === null || table === null || table === undefined) return
    const fixed = [...cellShown.parentElement!.querySelectorAll<HTMLElement>("th, .time-sheet-key-1, .time-sheet-key-2")].reduce(
      (sum, one) => sum + one.offsetWidth,
      0
    )
    table.scrollLeft = cellShown.offsetLeft + cellShown.offsetWidth / 2 - (fixed + table.clientWidth) / 2
  }, [answer])
  return (
    <aside class="time-file" aria-labelledby="time-file-title">
      <div class="time-file-head">
        <h2 id="time-file-title" ref={title} tabIndex={-1}>
          {file}
          {sheet === "" ? "" : `, sheet ${sheet}`}, {cell}
        </h2>
        <button type="button" onClick={close}>
          Close
        </button>
      </div>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {answer === undefined ? null : (
        <>
          <p>
            As the file has it: <strong class="time-number">{answer.text === "" ? "(empty)" : answer.text}</strong>
            {answer.note === undefined ? "" : ` · ${answer.note}`}
            {before === undefined || before === answer.text ? "" : ` · the study has yet to be run with it: what it read before is ${before}`}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reached by the keyboard. */}
          <section class="time-file-scroll" tabIndex={0} aria-label={`rows of ${file} around ${cell}`}>
            <table class="time-sheet">
              <thead>
                <tr>
                  <td />
                  {answer.columns.map((letters, i) => (
                    <th key={letters} scope="col" class={letters === answer.column ? "time-sheet-here" : keyClass(answer, i)}>
                      {letters}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {answer.rows.map(({ cells, head, row }, i) => (
                  <tr key={row} class={`${head ? "time-sheet-head" : ""} ${i > 0 && answer.rows[i - 1]!.row + 1 < row ? "time-sheet-gap" : ""}`}>
                    <th scope="row" class={row === answer.row ? "time-sheet-here" : undefined}>
                      {row}
                    </th>
                    {cells.map((text, j) => {
                      const here = row === answer.row && answer.columns[j] === answer.column
                      return (
                        <td
                          key={answer.columns[j]}
                          ref={here ? marked : null}
                          class={here ? "time-sheet-cell" : keyClass(answer, j)}
                          title={keyClass(answer, j) === undefined ? undefined : text}
                          aria-current={here ? "true" : undefined}
                        >
                          {text}
                        </td>
                      )
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <p class="soft">
            {answer.format}
            {answer.encoding === undefined ? "" : `, ${answer.encoding}`}; read as the study declares it.
          </p>
        </>
      )}
    </aside>
  )
}
