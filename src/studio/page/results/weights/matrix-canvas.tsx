import { useSignal } from "@preact/signals"
import { useEffect, useMemo, useRef } from "preact/hooks"
import type { WeightsGrid } from "../../../messages/results.ts"
import { roveTo } from "../../chart/roving.ts"
import { cutToFit, widest } from "../../chart/text-extent.ts"
import { useWidth } from "../../chart/use-width.ts"
import { theme } from "../../shell/theme.ts"
import { type Cell, cellText, indexOf, sideOf } from "./matrix-cells.ts"

interface MatrixProps {
  readonly grid: WeightsGrid
  readonly chosen: string | undefined
  /** Where an entity's row begins is pressed. */
  readonly onCell: (cell: Cell) => void
}

/** The plot is no larger than this, in pixels. */
const LARGEST = 640
/** Names stand beside rows that are as high as this. */
const NAMED = 11
/** And take no more room than this. */
const NAMES = 110

/** Paints the cells: the stronger, the fuller. The colour is that of the canvas's text. */
const paint = (canvas: HTMLCanvasElement, grid: WeightsGrid, size: number) => {
  const ratio = devicePixelRatio || 1
  canvas.width = Math.round(size * ratio)
  canvas.height = Math.round(size * ratio)
  const context = canvas.getContext("2d")
  if (context === null) return
  const side = sideOf(grid)
  const cell = canvas.width / side
  const largest = grid.weight.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)
  context.fillStyle = getComputedStyle(canvas).color
  for (const [i, row] of grid.row.entries()) {
    const [x, y] = [Math.floor(grid.column[i]! * cell), Math.floor(row * cell)]
    // The root spreads the small weights of many neighbours.
    context.globalAlpha = largest === 0 ? 0 : 0.08 + 0.92 * Math.sqrt(Math.abs(grid.weight[i]!) / largest)
    context.fillRect(x, y, Math.max(1, Math.floor((grid.column[i]! + 1) * cell) - x), Math.max(1, Math.floor((row + 1) * cell) - y))
  }
}

interface NamesProps {
  readonly grid: WeightsGrid
  readonly chosen: string | undefined
  readonly size: number
  readonly room: number
}

/** The names of rows at the left and of columns above. */
const Names = ({ chosen, grid, room, size }: NamesProps) => {
  const names = grid.entities.slice(grid.from, grid.to)
  const cell = size / names.length
  return (
    <svg class="weights-names" width={room + size} height={room + size} aria-hidden="true">
      {names.map((name, i) => {
        const middle = room + (i + 0.5) * cell
        const look = name === chosen ? "weights-name-chosen" : ""
        return (
          <g key={name} class={look}>
            <text x={room - 5} y={middle} dy="0.32em" text-anchor="end">
              {cutToFit(name, room - 8, 11)}
            </text>
            <text transform={`translate(${middle},${room - 5}) rotate(-90)`} dy="0.32em">
              {cutToFit(name, room - 8, 11)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

/** The matrix as a heat map: rows are those whose neighbours columns are. Cells are gone to by the arrow keys, and told below. */
export const MatrixCanvas = ({ chosen, grid, onCell }: MatrixProps) => {
  const { ref, width } = useWidth<HTMLDivElement>()
  const canvas = useRef<HTMLCanvasElement>(null)
  const cursor = useSignal<Cell | undefined>(undefined)
  const index = useMemo(() => indexOf(grid), [grid])
  const side = sideOf(grid)
  const widestName = grid.block === 1 ? Math.min(NAMES, Math.ceil(widest(grid.entities.slice(grid.from, grid.to), 11)) + 8) : 0
  const room = grid.block === 1 && Math.min(LARGEST, width - widestName) / side >= NAMED ? widestName : 0
  const size = Math.max(0, Math.min(LARGEST, width - room))
  const colours = theme.value
  useEffect(() => {
    const draw = () => {
      if (canvas.current !== null && size > 0) paint(canvas.current, grid, size)
    }
    draw()
    const system = matchMedia("(prefers-color-scheme: dark)")
    system.addEventListener("change", draw)
    return () => system.removeEventListener("change", draw)
  }, [grid, size, colours])
  const at = cursor.value
  const row = chosen === undefined ? -1 : grid.entities.indexOf(chosen)
  const chosenCell = row < grid.from || row >= grid.to ? undefined : Math.floor((row - grid.from) / grid.block)
  const cellAt = (event: PointerEvent | MouseEvent): Cell => {
    const box = (event.currentTarget as Element).getBoundingClientRect()
    const place = (pixel: number) => Math.min(side - 1, Math.max(0, Math.floor((pixel / size) * side)))
    return { row: place(event.clientY - box.top), column: place(event.clientX - box.left) }
  }
  const pad = {
    role: "application" as const,
    tabIndex: 0,
    "aria-label": "cells of the matrix: arrows go from one to the next, Enter chooses its row",
    "aria-describedby": "weights-cell",
    onFocus: () => {
      cursor.value ??= { row: 0, column: 0 }
    },
    onPointerMove: (event: PointerEvent) => {
      cursor.value = cellAt(event)
    },
    onClick: (event: MouseEvent) => onCell(cellAt(event)),
    onKeyDown: (event: KeyboardEvent) => {
      const from = cursor.peek() ?? { row: 0, column: 0 }
      if (event.key === "Enter") return onCell(from)
      const across = event.key === "ArrowLeft" || event.key === "ArrowRight" || event.key === "Home" || event.key === "End"
      const next = roveTo(event.key, across ? from.column : from.row, side)
      if (next === undefined) return
      event.preventDefault()
      cursor.value = across ? { ...from, column: next } : { ...from, row: next }
    }
  }
  const cell = size / side
  return (
    <div class="chart weights-matrix" ref={ref}>
      {width === 0 ? null : (
        <div class="weights-plot" style={{ width: `${room + size}px`, height: `${room + size}px` }}>
          {room === 0 ? null : <Names grid={grid} chosen={chosen} size={size} room={room} />}
          <div class="weights-pad" style={{ left: `${room}px`, top: `${room}px`, width: `${size}px`, height: `${size}px` }} {...pad}>
            <canvas ref={canvas} class="series-1" style={{ width: `${size}px`, height: `${size}px` }} />
            {chosenCell === undefined ? null : (
              <>
                <span class="weights-band" style={{ top: `${chosenCell * cell}px`, height: `${Math.max(2, cell)}px`, left: 0, right: 0 }} />
                <span class="weights-band" style={{ left: `${chosenCell * cell}px`, width: `${Math.max(2, cell)}px`, top: 0, bottom: 0 }} />
              </>
            )}
            {at === undefined ? null : (
              <span
                class="weights-cursor"
                style={{ left: `${at.column * cell}px`, top: `${at.row * cell}px`, width: `${Math.max(4, cell)}px`, height: `${Math.max(4, cell)}px` }}
              />
            )}
          </div>
        </div>
      )}
      <p id="weights-cell" class="weights-cell" aria-live="polite">
        {at === undefined || at.row >= side || at.column >= side
          ? "Point at a cell, or go to it by arrows: its weight stands here."
          : cellText(grid, index, at)}
      </p>
    </div>
  )
}
