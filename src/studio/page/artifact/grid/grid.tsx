import { useEffect, useMemo, useRef } from "preact/hooks"
import type { ArtifactHead, ColumnSummary } from "../../../messages/artifact.ts"
import type { SortKey } from "../../../messages/table-query/sort.ts"
import { type ColumnLayout, columnsInView } from "./columns.ts"
import { GridHeader } from "./grid-header.tsx"
import { GridRow } from "./grid-row.tsx"
import { moved, type Place, rectangleOf } from "./moves.ts"
import { HEADER, ROW } from "./sizes.ts"
import { placeAt, useGridScroll } from "./use-scroll.ts"
import type { Windows } from "./windows.ts"

export interface GridProps {
  readonly head: ArtifactHead
  readonly layout: ColumnLayout
  readonly windows: Windows
  readonly sort: ReadonlyArray<SortKey>
  /** Columns that the filter asks something of. */
  readonly filtered: ReadonlySet<string>
  readonly summaries: ReadonlyMap<string, ColumnSummary>
  /** The cell that keys act on, and the other corner of the selection. */
  readonly active: Place
  readonly anchor: Place
  /** Other rows, or an other order, are being asked for. */
  readonly busy: boolean
  readonly onPlace: (place: Place, extend: boolean) => void
  readonly onSort: (column: string, beside: boolean) => void
  readonly onOpen: (what: "cell" | "column", place: Place) => void
  readonly onCopy: () => void
  readonly onColumnsInView: (columns: ReadonlyArray<number>) => void
}

/** Rows' places are taken from one that is near, so that no number of pixels is larger than a browser has. */
const NEAR = 1000

/** Milliseconds between places that are asked for while one moves through them fast. */
const BETWEEN = 100

/** A table of any number of rows and columns, of which what is in view is drawn. */
export const Grid = (props: GridProps) => {
  const { active, anchor, head, layout, onPlace, windows } = props
  const element = useRef<HTMLDivElement>(null)
  const rows = windows.matching
  const scroll = useGridScroll(element, rows, layout)
  const { height, left, top, width } = scroll
  const [from, to] = columnsInView(layout, left, width)
  const first = Math.max(0, Math.floor(top / ROW))
  const end = Math.min(rows, Math.ceil((top + height) / ROW))
  const drawn = useMemo(
    () => [...Array.from({ length: layout.sticky }, (_, i) => i), ...Array.from({ length: to - from }, (_, i) => from + i)],
    [layout, from, to]
  )
  const asked = useRef({ first: 0, from: 0, at: 0 })
  useEffect(() => {
    if (end <= first) return
    const want = () => {
      asked.current = { first, from, at: performance.now() }
      windows.want(first, end, drawn.length === 0 ? [0] : drawn, scroll.direction)
    }
    // While the bar is dragged, not every place that it passes is asked for.
    const far = Math.abs(first - asked.current.first) > 3 * (end - first) || Math.abs(from - asked.current.from) > 2 * (to - from)
    const wait = far ? asked.current.at + BETWEEN - performance.now() : 0
    if (wait <= 0) return want()
    const timer = setTimeout(want, wait)
    return () => clearTimeout(timer)
  }, [windows, first, end, drawn, scroll.direction])
  useEffect(() => {
    const timer = setTimeout(() => props.onColumnsInView(drawn), BETWEEN)
    return () => clearTimeout(timer)
  }, [drawn])
  // Elements of rows and columns that go out of view are those of others that come in.
  const columnPool = useRef(1)
  columnPool.current = Math.max(columnPool.current, to - from + 1)
  useEffect(() => {
    if (height > 0) scroll.reveal(active)
  }, [active, height > 0, layout])
  useEffect(() => {
    if (height > 0 && active.row === -1) scroll.reveal({ row: 0, column: active.column })
  }, [windows])
  // What is opened beside the rows, or a smaller window, hides no cell that one is at.
  const seenThrough = useRef({ height, width })
  useEffect(() => {
    const wasSeen = scroll.isSeen(active, seenThrough.current)
    seenThrough.current = { height, width }
    if (wasSeen) scroll.reveal(active)
  }, [height, width])
  const page = Math.max(1, Math.floor(height / ROW) - 1)
  const { bottom, left: selectedLeft, right, top: selectedTop } = rectangleOf(active, anchor)
  const onKeyDown = (event: KeyboardEvent) => {
    const far = event.ctrlKey || event.metaKey
    if (event.target !== element.current && event.key === "Enter") return
    const go = (run: () => void) => {
      event.preventDefault()
      run()
    }
    if (event.altKey) {
      if (event.key === "ArrowDown") go(() => props.onOpen("column", active))
      return
    }
    if (event.key === "Enter" && active.row === -1) return go(() => props.onSort(layout.columns[active.column]!.name, event.shiftKey))
    if (event.key === "Enter") return go(() => props.onOpen("cell", active))
    if (far && event.key.toLowerCase() === "c") return go(props.onCopy)
    if (far && event.key.toLowerCase() === "a")
      return go(() => {
        onPlace({ row: 0, column: 0 }, false)
        onPlace({ row: rows - 1, column: layout.columns.length - 1 }, true)
      })
    const place = moved(active, { key: event.key, far }, { rows, columns: layout.columns.length, page })
    if (place !== undefined) go(() => onPlace(place, event.shiftKey))
  }
  const pointed = (event: MouseEvent): Place | undefined => {
    // A header's button, or the scroll bar, is no cell.
    if (event.target instanceof Element && event.target.closest("button") !== null) return undefined
    const box = element.current!.getBoundingClientRect()
    const [x, y] = [event.clientX - box.left, event.clientY - box.top]
    return x > element.current!.clientWidth || y > element.current!.clientHeight ? undefined : placeAt(x, y, scroll, layout, rows)
  }
  const onPointer = (event: PointerEvent) => {
    if (event.pointerType === "touch" || event.button !== 0) return
    const place = pointed(event)
    if (place !== undefined) onPlace(place, event.shiftKey)
  }
  const onPointerMove = (event: PointerEvent) => {
    if (event.pointerType === "touch" || event.buttons !== 1) return
    const place = pointed(event)
    if (place !== undefined && (place.row !== active.row || place.column !== active.column)) onPlace(place, true)
  }
  const onClick = (event: MouseEvent) => {
    const place = (event as PointerEvent).pointerType === "touch" ? pointed(event) : undefined
    if (place !== undefined) onPlace(place, false)
  }
  const base = Math.floor(first / NEAR) * NEAR
  const pool = Math.ceil(height / ROW) + 2
  const inView = active.row === -1 ? true : active.row >= first && active.row < end
  const activeDrawn = inView && (active.column < layout.sticky || (active.column >= from && active.column < to))
  const arrived = windows.arrived.value
  return (
    <div
      ref={element}
      class={`artifact-grid${props.busy ? " artifact-asking" : ""}`}
      role="grid"
      tabIndex={0}
      aria-label={`${head.node}, output ${head.output}`}
      aria-rowcount={rows + 1}
      aria-colcount={layout.columns.length + 1}
      aria-multiselectable="true"
      aria-busy={props.busy}
      aria-activedescendant={activeDrawn ? "artifact-active-cell" : undefined}
      style={{ "--numbers": `${layout.numbers}px`, "--left": `${-left}px`, "--after-sticky": `${layout.numbers + layout.stickyWidth}px` }}
      onScroll={scroll.onScroll}
      onKeyDown={onKeyDown}
      onPointerDown={onPointer}
      onPointerMove={onPointerMove}
      onClick={onClick}
      onDblClick={(event) => {
        const place = pointed(event)
        if (place !== undefined) props.onOpen("cell", place)
      }}
    >
      <div class="artifact-full" style={{ height: `${scroll.full.height}px`, width: `${scroll.full.width}px` }}>
        <div class="artifact-view" style={{ width: `${scroll.outer}px`, height: `${height + HEADER}px` }}>
          <GridHeader
            layout={layout}
            from={from}
            to={to}
            pool={columnPool.current}
            active={active.row === -1 ? active.column : -1}
            sort={props.sort}
            filtered={props.filtered}
            summaries={props.summaries}
            onSort={props.onSort}
            onColumn={(column) => props.onOpen("column", { row: active.row, column })}
          />
          <div class="artifact-rows" role="rowgroup" style={{ height: `${height}px` }}>
            <div class="artifact-layer" style={{ transform: `translateY(${base * ROW - top}px)` }}>
              {Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i).map((position) => (
                <GridRow
                  key={position % pool}
                  position={position}
                  y={(position - base) * ROW}
                  layout={layout}
                  windows={windows}
                  arrived={arrived}
                  from={from}
                  to={to}
                  pool={columnPool.current}
                  active={active.row === position ? active.column : -1}
                  left={position >= selectedTop && position <= bottom ? selectedLeft : -1}
                  right={position >= selectedTop && position <= bottom ? right : -1}
                />
              ))}
            </div>
          </div>
        </div>
      </div>
    </div>
  )
}
