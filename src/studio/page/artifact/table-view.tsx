import { useSignal } from "@preact/signals"
import { useCallback, useEffect, useMemo, useRef } from "preact/hooks"
import type { ArtifactHead } from "../../messages/artifact.ts"
import { type Condition, readFilter, withConditions, writeFilter } from "../../messages/table-query/filter.ts"
import { readSort, type SortKey, sortedBy, writeSort } from "../../messages/table-query/sort.ts"
import type { Route } from "../route.ts"
import { FailureNote } from "../shell/failure.tsx"
import { change, lookedAt, now } from "./address.ts"
import { copyCells } from "./copy.ts"
import { layOut, shownOrder } from "./grid/columns.ts"
import { Grid } from "./grid/grid.tsx"
import { type Place, rectangleOf } from "./grid/moves.ts"
import { CellPanel } from "./panel/cell-panel.tsx"
import { ColumnPanel } from "./panel/column-panel.tsx"
import { Panel } from "./panel/panel.tsx"
import { StatusLine } from "./status-line.tsx"
import { Toolbar } from "./toolbar.tsx"
import { useFilledHeight } from "./use-filled-height.ts"
import { useSelection } from "./use-selection.ts"
import { useSummaries } from "./use-summaries.ts"

/** What can be read of a text of the address; what is wrong with it is told by the answer to it. */
const readable = <A,>(text: string, read: (text: string) => ReadonlyArray<A>): ReadonlyArray<A> => {
  try {
    return read(text)
  } catch {
    return []
  }
}

/** Of the window's height, for the rows and the panel where that stands below them. */
const WITH_PANEL = 0.85

/** Milliseconds after which the address tells where one is. */
const REST = 250

/** An artifact's rows, with the panel of a cell or a column beside them. */
export const TableView = ({ head, route }: { readonly head: ArtifactHead; readonly route: Route }) => {
  const looked = lookedAt(route)
  const { filter, sort } = looked
  const columns = useMemo(() => shownOrder(head.columns, head.keys), [head.sha256])
  const names = useMemo(() => columns.map(({ name }) => name), [columns])
  const layout = useMemo(() => layOut(columns, head.keys.length, Math.max(120, innerWidth * 0.45), head.rows), [columns])
  const { busy, failure, position, windows } = useSelection(head.sha256, filter, sort, names, looked.row)
  const inView = useSignal<ReadonlyArray<number>>([])
  const shown = useMemo(() => inView.value.map((at) => names[at]!), [inView.value, names])
  const panel = useSignal<"cell" | "column" | undefined>(looked.column === undefined ? undefined : looked.row === undefined ? "column" : "cell")
  const startColumn = Math.max(0, names.indexOf(looked.column ?? ""))
  const place = useSignal<{ readonly active: Place; readonly anchor: Place }>({
    active: { row: 0, column: startColumn },
    anchor: { row: 0, column: startColumn }
  })
  const told = useSignal("")
  const isNarrow = matchMedia("(max-width: 60rem)").matches
  const isBelow = panel.value !== undefined && isNarrow
  const body = useFilledHeight(isBelow ? WITH_PANEL : 0)
  useEffect(() => {
    if (isBelow) body.current?.scrollIntoView({ block: "nearest" })
  }, [isBelow])
  const { active, anchor } = place.value
  const asked = useMemo(() => {
    const column = panel.value === undefined ? undefined : names[active.column]
    return column === undefined || shown.includes(column) ? shown : [column, ...shown]
  }, [shown, panel.value, active.column])
  const summaries = useSummaries(head.sha256, filter, asked)
  const conditions = useMemo(() => readable<Condition>(filter, readFilter), [filter])
  const keys = useMemo(() => readable<SortKey>(sort, readSort), [sort])
  const filtered = useMemo(() => new Set(conditions.map(({ column }) => column)), [conditions])
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(rest.current), [])
  // A row that the address names is looked for when one comes; other rows, and another order, are seen from the top.
  useEffect(() => {
    // Whoever orders the rows by keys stays in the header.
    if (windows === undefined || place.peek().active.row === -1) return
    const row = position === undefined || position < 0 ? 0 : position
    const { column } = place.peek().active
    place.value = { active: { row, column }, anchor: { row, column } }
  }, [windows])
  const tell = (to: Place) => {
    clearTimeout(rest.current)
    rest.current = setTimeout(() => {
      // Meanwhile one may have gone elsewhere.
      const there = now()
      if (there.view !== route.view || lookedAt(there).node !== head.node) return
      const row = to.row < 0 ? undefined : windows?.row(to.row, 0)
      change({ column: names[to.column] ?? "", row: row === undefined ? "" : String(row) }, "replace")
    }, REST)
  }
  const onPlace = (to: Place, extend: boolean) => {
    const before = place.peek()
    place.value = { active: to, anchor: extend ? before.anchor : to }
    told.value = ""
    tell(to)
  }
  const onFilter = (own: ReadonlyArray<Condition>) => change({ filter: writeFilter(withConditions(conditions, names[active.column]!, own)), row: "" })
  const onClose = useCallback(() => {
    panel.value = undefined
    document.querySelector<HTMLElement>(".artifact-grid")?.focus()
  }, [])
  const onCopy = () => {
    if (windows === undefined || active.row < 0) return
    copyCells(windows, layout, rectangleOf(active, anchor)).then(
      (said) => {
        told.value = said
      },
      (error: unknown) => {
        told.value = `not copied: ${error instanceof Error ? error.message : String(error)}`
      }
    )
  }
  const column = columns[active.column]
  const row = windows?.row(active.row, 0)
  const cell = active.row < 0 ? undefined : windows?.cell(active.row, active.column)
  void windows?.arrived.value
  return (
    <>
      <Toolbar
        head={head}
        route={route}
        matching={windows?.selection.filter === filter ? windows.matching : undefined}
        busy={busy}
        columns={names}
        onColumn={(at) => onPlace({ row: active.row, column: at }, false)}
      />
      {failure === undefined ? null : <FailureNote failure={failure} />}
      <div class="artifact-body" ref={body} hidden={windows === undefined}>
        <div class="artifact-table">
          {windows === undefined ? null : (
            <Grid
              head={head}
              layout={layout}
              windows={windows}
              sort={keys}
              filtered={filtered}
              summaries={summaries}
              active={active}
              anchor={anchor}
              busy={busy || failure !== undefined}
              onPlace={onPlace}
              onSort={(name, beside) => change({ sort: writeSort(sortedBy(keys, name, beside)), row: "" })}
              onOpen={(what, at) => {
                onPlace(at, false)
                panel.value = what
              }}
              onCopy={onCopy}
              onColumnsInView={(columns) => {
                inView.value = columns
              }}
            />
          )}
          {windows !== undefined && windows.matching === 0 ? (
            <p class="artifact-none">{head.rows === 0 ? "The artifact has no rows." : "No row meets the filter."}</p>
          ) : null}
          <StatusLine
            column={column}
            cell={cell}
            row={row}
            selected={rectangleOf(active, anchor)}
            told={told.value}
            failure={windows?.failure.value}
            onOpen={() => (panel.value = "cell")}
          />
        </div>
        {panel.value === undefined || column === undefined ? null : (
          <Panel label={panel.value === "cell" ? "the cell" : "the column"} onClose={onClose}>
            {panel.value === "column" || row === undefined ? (
              <ColumnPanel
                column={column}
                summary={summaries.get(column.name)}
                own={conditions.filter((one) => one.column === column.name)}
                onFilter={onFilter}
              />
            ) : (
              <CellPanel head={head} row={row} column={column.name} />
            )}
          </Panel>
        )}
      </div>
    </>
  )
}
