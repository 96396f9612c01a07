interface IntervalProps {
  /** Pixels along the axis that it lies on; undefined where there is no interval, or it has no point. */
  readonly low: number | undefined
  readonly high: number | undefined
  readonly point?: number | undefined
  /** A narrower interval inside, drawn thick. */
  readonly inner?: readonly [low: number, high: number]
  /** Where it is across that axis. */
  readonly across: number
  readonly upright?: boolean
  /** Classes that set its colour. */
  readonly look?: string
  readonly hollow?: boolean
}

/** An estimate with its interval: a line with ends, and a dot. */
export const Interval = ({ across, high, hollow = false, inner, look = "series-1", low, point, upright = false }: IntervalProps) => {
  const along = (from: number, to: number) => (upright ? { x1: across, x2: across, y1: from, y2: to } : { x1: from, x2: to, y1: across, y2: across })
  const end = (place: number) => (upright ? { x1: across - 3, x2: across + 3, y1: place, y2: place } : { x1: place, x2: place, y1: across - 3, y2: across + 3 })
  return (
    <g class={`chart-interval ${look}`}>
      {low === undefined || high === undefined ? null : (
        <>
          <line class="chart-stroked" {...along(low, high)} />
          <line class="chart-stroked" {...end(low)} />
          <line class="chart-stroked" {...end(high)} />
        </>
      )}
      {inner === undefined ? null : <line class="chart-stroked chart-thick" {...along(...inner)} />}
      {point === undefined ? null : (
        <circle class={hollow ? "chart-hollow" : "chart-filled"} cx={upright ? across : point} cy={upright ? point : across} r={hollow ? 4 : 5} />
      )}
    </g>
  )
}
