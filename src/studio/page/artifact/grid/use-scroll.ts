import { useSignal } from "@preact/signals"
import type { RefObject } from "preact"
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks"
import { type ColumnLayout, columnsInView } from "./columns.ts"
import type { Place } from "./moves.ts"
import { ScaledScroll } from "./scaled-scroll.ts"
import { HEADER, ROW } from "./sizes.ts"

/** After so many milliseconds without a step, scrolling has ended. */
const REST = 140

export interface GridScroll {
  /** The list's first pixel in view, and the scrolled columns'. */
  readonly top: number
  readonly left: number
  /** Pixels that rows and columns are seen through. */
  readonly height: number
  readonly width: number
  /** Of the whole grid, as far as it is seen. */
  readonly outer: number
  /** Of the element that is scrolled, that it can be so far. */
  readonly full: { readonly height: number; readonly width: number }
  readonly direction: 1 | -1
  readonly onScroll: () => void
  /** Scrolls as little as is needed for a place to be seen. */
  readonly reveal: (place: Place) => void
  /** Whether a place is in view through so many pixels. */
  readonly isSeen: (place: Place, through: Pick<GridScroll, "height" | "width">) => boolean
}

/** What of a grid is in view. */
export const useGridScroll = (element: RefObject<HTMLDivElement | null>, rows: number, layout: ColumnLayout): GridScroll => {
  const at = useSignal({ top: 0, left: 0, direction: 1 as 1 | -1 })
  const size = useSignal({ height: 0, width: 0 })
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)
  const { height: inner, width: outer } = size.value
  const height = Math.max(0, inner - HEADER)
  const width = Math.max(0, outer - layout.numbers - layout.stickyWidth)
  const scroll = useMemo(() => new ScaledScroll(rows * ROW, height), [rows, height])
  useLayoutEffect(() => {
    const measure = () => {
      if (element.current !== null) size.value = { height: element.current.clientHeight, width: element.current.clientWidth }
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element.current!)
    measure()
    return () => observer.disconnect()
  }, [])
  useEffect(() => () => clearTimeout(rest.current), [])
  useLayoutEffect(() => {
    // As far as it can be, where one was stays in view.
    element.current!.scrollTop = scroll.to(at.peek().top)
    at.value = { ...at.peek(), top: scroll.top }
  }, [scroll])
  const settle = () => {
    const due = scroll.settled()
    if (due !== undefined && element.current !== null) element.current.scrollTop = due
  }
  const onScroll = () => {
    const { scrollLeft, scrollTop } = element.current!
    scroll.scrolled(scrollTop)
    const before = at.peek()
    const direction = scroll.top === before.top ? before.direction : scroll.top > before.top ? 1 : -1
    if (scroll.top !== before.top || scrollLeft !== before.left) at.value = { top: scroll.top, left: scrollLeft, direction }
    clearTimeout(rest.current)
    rest.current = setTimeout(settle, REST)
  }
  const reveal = ({ column, row }: Place) => {
    const { left, top } = at.peek()
    let [toTop, toLeft] = [top, left]
    if (row >= 0) toTop = row * ROW < top ? row * ROW : (row + 1) * ROW > top + height ? (row + 1) * ROW - height : top
    if (column >= layout.sticky) {
      const [from, own] = [layout.lefts[column]!, layout.widths[column]!]
      toLeft = from < left || own > width ? from : from + own > left + width ? from + own - width : left
    }
    if (toTop === top && toLeft === left) return
    element.current!.scrollTop = scroll.to(toTop)
    element.current!.scrollLeft = toLeft
    at.value = { top: scroll.top, left: toLeft, direction: toTop < top ? -1 : 1 }
  }
  const isSeen: GridScroll["isSeen"] = ({ column, row }, through) => {
    const { left, top } = at.peek()
    const [from, own] = [layout.lefts[column]!, layout.widths[column]!]
    const inRows = row < 0 || (row * ROW >= top && (row + 1) * ROW <= top + through.height)
    return inRows && (column < layout.sticky || (from >= left && from + own <= left + through.width))
  }
  return {
    ...at.value,
    height,
    width,
    outer,
    full: { height: scroll.height + HEADER, width: layout.numbers + layout.stickyWidth + layout.width },
    onScroll,
    reveal,
    isSeen
  }
}

/** The cell under a point, in pixels from the upper left corner of the grid; undefined over the header and beside the cells. */
export const placeAt = (x: number, y: number, { left, top, width }: GridScroll, layout: ColumnLayout, rows: number): Place | undefined => {
  const row = Math.floor((y - HEADER + top) / ROW)
  if (y < HEADER || row >= rows || x < layout.numbers) return undefined
  const inner = x - layout.numbers
  if (inner < layout.stickyWidth) {
    for (let column = layout.sticky - 1; column >= 0; column--) if (layout.lefts[column]! <= inner) return { row, column }
    return undefined
  }
  const [from, to] = columnsInView(layout, left + inner - layout.stickyWidth, 1)
  return inner - layout.stickyWidth <= width && from < to ? { row, column: from } : undefined
}
