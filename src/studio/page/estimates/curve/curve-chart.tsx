import { useSignal } from "@preact/signals"
import { useMemo } from "preact/hooks"
import { useWidth } from "../../chart/use-width.ts"
import type { Kept } from "./curve-choosing.ts"
import type { CurveData, Specification } from "./curve-data.ts"
import { CurveLabels, labelRoom } from "./curve-labels.tsx"
import { CURVE_HEIGHT, choiceRows } from "./curve-layout.ts"
import { CurvePicture } from "./curve-picture.tsx"
import { CurveSlider, CurveTold } from "./curve-slider.tsx"

interface ChartProps {
  readonly data: CurveData
  /** Positions of what is shown, from left to right. */
  readonly order: ReadonlyArray<number>
  readonly kept: Kept
  readonly sort: string
  /** The position of the one whose panel is open. */
  readonly chosen: number | undefined
  readonly onChoose: (specification: Specification) => void
  readonly onToggle: (choice: number, option: number) => void
  readonly onSort: (choice: string) => void
}

/** Estimates with their intervals from the smallest to the largest, and under each what was chosen for it. */
export const CurveChart = ({ chosen, data, kept, onChoose, onSort, onToggle, order, sort }: ChartProps) => {
  const { ref, width } = useWidth<HTMLDivElement>()
  const at = useSignal<number | undefined>(undefined)
  const { height, rows } = useMemo(() => choiceRows(data.choices), [data])
  const picture = useMemo(
    () => (width === 0 || order.length === 0 ? null : <CurvePicture data={data} order={order} rows={rows} width={width} height={height} />),
    [data, order, rows, width, height]
  )
  return (
    <div class="estimates-curve">
      <CurveTold data={data} order={order} at={at} chosen={chosen} />
      <div class="estimates-curve-picture" style={{ "--labels": labelRoom(data) }}>
        <CurveLabels data={data} rows={rows} height={height} kept={kept} sort={sort} onSort={onSort} onToggle={onToggle} />
        <div class="chart" ref={ref} style={{ minHeight: `${height}px` }}>
          {picture}
          {picture === null ? null : <CurveSlider data={data} order={order} at={at} chosen={chosen} width={width} height={height} onChoose={onChoose} />}
          {order.length === 0 ? <p style={{ paddingTop: `${CURVE_HEIGHT / 2}px` }}>No specification has all of these options.</p> : null}
        </div>
      </div>
    </div>
  )
}
