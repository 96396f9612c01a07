/** What an axis shows, and where on it a value is. */
import { scaleLinear } from "d3-scale"
import { counted } from "./number-text.ts"

/** Numbers along a line. */
interface NumberAxis {
  readonly kind: "number"
  readonly domain: readonly [low: number, high: number]
  readonly label?: string
  /** Whole numbers that are written as they are (years, ranks, orders), and the domain's own ends; else nice ones, to which the domain is widened. */
  readonly whole?: true
  /** How a tick is written; else as its step needs it. */
  readonly format?: (value: number) => string
  /** The largest number is at the left, or at the bottom (ranks). */
  readonly reversed?: true
  /** The domain is taken as it is, and not widened to nice ends. */
  readonly exact?: true
}

/** Names one after the other: a name's value is its place, from 0. */
interface NameAxis {
  readonly kind: "names"
  readonly names: ReadonlyArray<string>
  readonly label?: string
}

export type Axis = NumberAxis | NameAxis

export interface Tick {
  readonly value: number
  readonly text: string
}

/** An axis laid along so many pixels. */
export interface Placed {
  readonly axis: Axis
  readonly length: number
  /** Where a value is, in pixels. */
  readonly at: (value: number) => number
  /** The value that is there; of names, the place of the nearest. */
  readonly valueAt: (pixel: number) => number
  readonly ticks: ReadonlyArray<Tick>
  /** Pixels for one name; of numbers 0. */
  readonly step: number
}

/** Ticks at multiples of a whole number that is no less than `least`. */
const wholeTicks = (low: number, high: number, least: number): ReadonlyArray<number> => {
  const step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000].find((one) => one >= least) ?? Math.ceil(least)
  const first = Math.ceil(low / step) * step
  const ticks: Array<number> = []
  for (let value = first; value <= high; value += step) ticks.push(value)
  return ticks
}

/** A width of less is none. */
const LEAST = 1e-250

/** A domain that has a width, also where all values are one but for rounding, or there are none. */
const open = ([low, high]: readonly [number, number]): [number, number] => {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1]
  if (high - low > Math.max(LEAST, 1e-12 * Math.max(Math.abs(low), Math.abs(high)))) return [low, high]
  const around = Math.abs(low) < LEAST ? 1 : Math.abs(low) * 0.1
  return [low - around, low + around]
}

/** How far down its row a mark is where the row's name stands above it. */
const BELOW_NAME = 0.7

/** Lays an axis along `length` pixels; `upright` turns it so that numbers rise and names go down. `apart` is how far ticks should be from each other; `namesAbove` leaves room for each name above its mark. */
export const placed = (axis: Axis, length: number, upright: boolean, apart: number, namesAbove = false): Placed => {
  const most = Math.max(2, Math.floor(length / apart) + 1)
  if (axis.kind === "names") {
    const step = length / Math.max(1, axis.names.length)
    const every = Math.max(1, Math.ceil((upright ? 14 : apart) / Math.max(step, 0.01)))
    return {
      axis,
      length,
      step,
      at: (place) => (place + (namesAbove ? BELOW_NAME : 0.5)) * step,
      valueAt: (pixel) => Math.min(axis.names.length - 1, Math.max(0, Math.floor(pixel / step))),
      ticks: axis.names.flatMap((text, value) => (value % every === 0 ? [{ value, text }] : []))
    }
  }
  const scale = scaleLinear().domain(open(axis.domain))
  if (!axis.whole && !axis.exact) scale.nice(most)
  const turned = upright !== (axis.reversed === true)
  scale.range(turned ? [length, 0] : [0, length])
  const [low, high] = scale.domain() as [number, number]
  const values = axis.whole ? wholeTicks(low, high, (apart * (high - low)) / length) : scale.ticks(most)
  const format = axis.format ?? (axis.whole ? String : scale.tickFormat(most))
  return { axis, length, step: 0, at: scale, valueAt: scale.invert, ticks: values.map((value) => ({ value, text: format(value) })) }
}

/** What an axis spans, in words, for somebody who does not see it. */
export const spanned = ({ axis, ticks }: Placed): string => {
  const label = axis.label === undefined ? "" : `${axis.label}, `
  if (axis.kind === "names") return `${label}${counted(axis.names.length, "name")}`
  return `${label}from ${ticks[0]?.text ?? ""} to ${ticks.at(-1)?.text ?? ""}`
}
