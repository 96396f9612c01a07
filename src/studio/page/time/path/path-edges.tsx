import { useSignal } from "@preact/signals"
import type { RefObject } from "preact"
import { useEffect } from "preact/hooks"

export interface Edge {
  /** Cards by what `data-card` calls them. */
  readonly from: string
  readonly to: string
  readonly colour: string
}

interface Drawn {
  readonly width: number
  readonly height: number
  readonly lines: ReadonlyArray<{ readonly d: string; readonly colour: string }>
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Over the cards that stand between two. */
const lineOver = (from: Box, to: Box, between: ReadonlyArray<Box>): string => {
  const [y1, y2] = [(from.top + from.bottom) / 2, (to.top + to.bottom) / 2]
  const [left, right] = [Math.min(...between.map((box) => box.left)), Math.max(...between.map((box) => box.right))]
  const over = Math.min(y1, y2, ...between.map((box) => box.top - 12))
  return `M${from.right},${y1} C${left - 4},${y1} ${from.right + 4},${over} ${left},${over} L${right},${over} C${to.left - 4},${over} ${right + 4},${y2} ${to.left},${y2}`
}

/** Beside each other: from the right side of one to the left of the other. Below each other: along the left side. */
const lineBetween = (from: Box, to: Box, boxes: Iterable<Box>): string => {
  const [y1, y2] = [(from.top + from.bottom) / 2, (to.top + to.bottom) / 2]
  if (to.left >= from.right) {
    const [low, high] = [Math.min(y1, y2) - 8, Math.max(y1, y2) + 8]
    const between = [...boxes].filter((box) => box.left > from.right && box.right < to.left && box.top < high && box.bottom > low)
    if (between.length > 0) return lineOver(from, to, between)
    const bend = (to.left - from.right) / 2
    return `M${from.right},${y1} C${from.right + bend},${y1} ${to.left - bend},${y2} ${to.left},${y2}`
  }
  const [end, start] = [from.bottom - 14, to.top + 18]
  const bend = Math.min(16, 5 + Math.abs(start - end) / 60)
  return `M${from.left},${end} C${from.left - bend},${end} ${to.left - bend},${start} ${to.left},${start}`
}

const boxesIn = (drawing: HTMLElement): ReadonlyMap<string, Box> => {
  const { left, top } = drawing.getBoundingClientRect()
  return new Map(
    [...drawing.querySelectorAll<HTMLElement>("[data-card]")].map((card) => {
      const box = card.getBoundingClientRect()
      return [card.dataset["card"]!, { left: box.left - left, right: box.right - left, top: box.top - top, bottom: box.bottom - top }] as const
    })
  )
}

interface Props {
  readonly drawing: RefObject<HTMLElement | null>
  readonly edges: ReadonlyArray<Edge>
  /** Another one is another drawing. */
  readonly version: string
}

/** Lines between cards, drawn where these have come to stand. */
export const PathEdges = ({ drawing, edges, version }: Props) => {
  const drawn = useSignal<Drawn>({ width: 0, height: 0, lines: [] })
  useEffect(() => {
    const element = drawing.current
    if (element === null) return
    const draw = () => {
      const boxes = boxesIn(element)
      drawn.value = {
        width: element.scrollWidth,
        height: element.scrollHeight,
        lines: edges.flatMap(({ colour, from, to }) => {
          const [a, b] = [boxes.get(from), boxes.get(to)]
          return a === undefined || b === undefined ? [] : [{ d: lineBetween(a, b, boxes.values()), colour }]
        })
      }
    }
    draw()
    const observer = new ResizeObserver(draw)
    observer.observe(element)
    return () => observer.disconnect()
  }, [version])
  const { height, lines, width } = drawn.value
  return (
    <svg class="time-path-edges" width={width} height={height} aria-hidden="true">
      <defs>
        <marker id="time-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0,0 L8,4 L0,8 z" fill="context-stroke" />
        </marker>
      </defs>
      {lines.map(({ colour, d }) => (
        <path key={`${d} ${colour}`} d={d} style={{ stroke: colour }} marker-end="url(#time-arrow)" />
      ))}
    </svg>
  )
}
