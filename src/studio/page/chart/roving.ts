/** Going through many marks by the keyboard: one of them is a stop of the Tab key, arrows go on from it. */
import { useSignal } from "@preact/signals"
import { useRef } from "preact/hooks"

interface RovingMark {
  /** In small letters: an SVG knows its attributes as they are written. */
  readonly tabindex: 0 | -1
  readonly onKeyDown: (event: KeyboardEvent) => void
  /** Where it is among the marks, for finding it in the page. */
  readonly "data-roving": number
}

/** Which mark a key goes to from mark `at` of `count`; undefined for other keys. `across` is how many marks up and down go past: one, or a row of them. */
export const roveTo = (key: string, at: number, count: number, across = 1): number | undefined => {
  const last = count - 1
  if (key === "ArrowRight") return Math.min(last, at + 1)
  if (key === "ArrowLeft") return Math.max(0, at - 1)
  if (key === "ArrowDown") return Math.min(last, at + across)
  if (key === "ArrowUp") return Math.max(0, at - across)
  if (key === "Home") return 0
  if (key === "End") return last
  return undefined
}

/** The attributes of each of `count` marks, in the order that arrows go through them. */
export const useRoving = (count: number, across = 1): ((mark: number) => RovingMark) => {
  const stop = useSignal(0)
  const size = useRef(count)
  size.current = count
  return (mark) => ({
    tabindex: mark === Math.min(stop.value, count - 1) ? 0 : -1,
    "data-roving": mark,
    onKeyDown: (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return
      const next = roveTo(event.key, mark, size.current, across)
      if (next === undefined) return
      event.preventDefault()
      stop.value = next
      const all = (event.currentTarget as Element).closest("svg, [data-marks]")
      all?.querySelector<SVGElement | HTMLElement>(`[data-roving="${next}"]`)?.focus()
    }
  })
}
