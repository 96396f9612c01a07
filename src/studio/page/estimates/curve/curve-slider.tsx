import type { Signal } from "@preact/signals"
import { numberText, pInWords } from "../../chart/number-text.ts"
import { type CurveData, optionsInWords, type Specification } from "./curve-data.ts"

interface GoingThrough {
  readonly data: CurveData
  /** Positions of what is shown, from left to right. */
  readonly order: ReadonlyArray<number>
  /** The place among these that is pointed at, or gone to. */
  readonly at: Signal<number | undefined>
  /** The position of the one whose panel is open. */
  readonly chosen: number | undefined
}

const interval = ({ high, low }: Specification): string => (low === null || high === null ? "" : ` [${numberText(low, 3)}, ${numberText(high, 3)}]`)

/** A specification in a line. */
const told = ({ data, order }: Pick<GoingThrough, "data" | "order">, at: number): string => {
  const one = data.specifications[order[at]!]!
  return `${at + 1} of ${order.length}: ${numberText(one.estimate, 3)}${interval(one)}, ${pInWords(one.p)}; ${optionsInWords(one, data.choices)}`
}

/** Where one is: at what is pointed at, or else at the one that is open; nowhere, where that is not shown. */
const focusedOf = ({ at, chosen, order }: GoingThrough): number | undefined => {
  if (at.value !== undefined && at.value < order.length) return at.value
  const open = chosen === undefined ? -1 : order.indexOf(chosen)
  return open === -1 ? undefined : open
}

/** What one is at, above the picture. */
export const CurveTold = (props: GoingThrough) => {
  const focused = focusedOf(props)
  return (
    <p class="estimates-curve-told" aria-hidden="true">
      {focused === undefined ? "Point at a specification, or go through them by the arrow keys; a click or Enter tells of one." : told(props, focused)}
    </p>
  )
}

/** Where a key goes from a place in a line of so many. */
const placeAfter = (key: string, at: number, count: number): number | undefined => {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: 10,
    PageDown: -10,
    Home: -count,
    End: count
  }
  const step = steps[key]
  return step === undefined ? undefined : Math.min(count - 1, Math.max(0, at + step))
}

interface SliderProps extends GoingThrough {
  readonly width: number
  readonly height: number
  readonly onChoose: (specification: Specification) => void
}

/** What lies over the picture: a bar over both of its parts at what one is at, and the ways to go on from there. */
export const CurveSlider = (props: SliderProps) => {
  const { at, data, height, onChoose, order, width } = props
  const count = order.length
  const step = width / count
  const focused = focusedOf(props)
  const preferredAt = data.preferred === null ? -1 : order.indexOf(data.preferred)
  const start = focused ?? Math.max(0, preferredAt)
  const placeOf = (event: MouseEvent): number => {
    const { left } = (event.currentTarget as Element).getBoundingClientRect()
    return Math.min(count - 1, Math.max(0, Math.floor((event.clientX - left) / step)))
  }
  const choose = (place: number) => onChoose(data.specifications[order[place]!]!)
  const onKey = (event: KeyboardEvent) => {
    const next = placeAfter(event.key, start, count)
    if (event.key === "Enter" || event.key === " ") choose(start)
    else if (next !== undefined) at.value = next
    else return
    event.preventDefault()
  }
  return (
    <div class="estimates-curve-over" style={{ width: `${width}px`, height: `${height}px` }}>
      {focused === undefined ? null : (
        <div
          class="estimates-curve-under"
          style={{ transform: `translateX(${focused * step - Math.max(0, 3 - step / 2)}px)`, width: `${Math.max(6, step)}px` }}
        />
      )}
      <div
        class="estimates-curve-slider"
        tabIndex={0}
        role="slider"
        aria-label="specifications"
        aria-valuemin={1}
        aria-valuemax={count}
        aria-valuenow={start + 1}
        aria-valuetext={told(props, start)}
        onPointerMove={(event) => (at.value = placeOf(event))}
        onPointerLeave={() => (at.value = undefined)}
        onFocus={() => (at.value ??= start)}
        onBlur={() => (at.value = undefined)}
        onKeyDown={onKey}
        onClick={(event) => choose(placeOf(event))}
      />
    </div>
  )
}
