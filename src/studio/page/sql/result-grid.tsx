import { useSignal } from "@preact/signals"
import { useLayoutEffect, useMemo, useRef } from "preact/hooks"
import type { SqlCell, SqlResult, SqlResultColumn } from "../../messages/sql.ts"
import { numberText } from "../chart/number-text.ts"

/** Pixels. */
const ROW = 28
/** Rows that are drawn beyond what is in view. */
const BEYOND = 12
/** Rows by which the columns' widths are found. */
const MEASURED = 200
const [NARROWEST, WIDEST] = [6, 42]

const cellText = (value: SqlCell, { kind }: SqlResultColumn): string => {
  if (typeof value === "number") return numberText(value, 6)
  if (kind === "number" && typeof value === "string" && /^-?\d{1,15}$/.test(value)) return numberText(Number(value), 15)
  return String(value).replaceAll("\n", "⏎")
}

const widthsOf = ({ columns, rows }: SqlResult): ReadonlyArray<number> =>
  columns.map((column, i) => {
    const widest = rows.slice(0, MEASURED).reduce((most, row) => Math.max(most, cellText(row[i]!, column).length), 0)
    return Math.min(WIDEST, Math.max(NARROWEST, widest, column.name.length, column.type.length * 0.8)) + 3
  })

const Cell = ({ column, value }: { readonly column: SqlResultColumn; readonly value: SqlCell }) => {
  if (value === null)
    return (
      <td class={`sql-null${column.kind === "number" ? " sql-number" : ""}`}>
        <span>NULL</span>
      </td>
    )
  const text = cellText(value, column)
  const whole = String(value)
  return (
    <td class={column.kind === "number" ? "sql-number" : undefined} title={whole === text && whole.length <= WIDEST ? undefined : whole}>
      {text === "" ? <span class="sql-empty">empty text</span> : text}
    </td>
  )
}

/** Room for rows that are not drawn. */
const Space = ({ columns, rows }: { readonly rows: number; readonly columns: number }) => (
  <tr>
    <td class="sql-space" colSpan={columns} style={{ height: `${rows * ROW}px` }} />
  </tr>
)

/** The rows of a result, of which those in view are drawn. */
export const ResultGrid = ({ result }: { readonly result: SqlResult }) => {
  const { columns, rows } = result
  const box = useRef<HTMLElement>(null)
  const top = useSignal(0)
  const height = useSignal(600)
  const widths = useMemo(() => widthsOf(result), [result])
  useLayoutEffect(() => {
    const measure = () => {
      height.value = box.current?.clientHeight ?? 600
    }
    box.current!.scrollTop = 0
    top.value = 0
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(box.current!)
    return () => observer.disconnect()
  }, [result])
  const from = Math.max(0, Math.floor(top.value / ROW) - BEYOND)
  const to = Math.min(rows.length, Math.ceil((top.value + height.value) / ROW) + BEYOND)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section ref={box} class="sql-grid" tabIndex={0} aria-label="result" onScroll={(event) => (top.value = event.currentTarget.scrollTop)}>
      <table aria-rowcount={rows.length + 1} style={{ width: `${widths.reduce((sum, width) => sum + width, 0)}ch` }}>
        <colgroup>
          {widths.map((width, i) => (
            <col key={i} style={{ width: `${width}ch` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={i} scope="col" class={column.kind === "number" ? "sql-number" : undefined} title={`${column.name}: ${column.type}`}>
                {column.name}
                <span class="sql-type">{column.type.toLowerCase()}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {from > 0 ? <Space rows={from} columns={columns.length} /> : null}
          {rows.slice(from, to).map((row, i) => (
            <tr key={from + i} aria-rowindex={from + i + 2} class={(from + i) % 2 === 1 ? "sql-odd" : undefined}>
              {columns.map((column, j) => (
                <Cell key={j} column={column} value={row[j]!} />
              ))}
            </tr>
          ))}
          {to < rows.length ? <Space rows={rows.length - to} columns={columns.length} /> : null}
        </tbody>
      </table>
    </section>
  )
}
