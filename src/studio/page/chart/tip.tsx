/** What a mark says when it is pointed at, touched, or gone to by the keyboard: the same, in the same place. */
import { type Signal, useComputed, useSignal, useSignalEffect } from "@preact/signals"
import { useEffect, useRef } from "preact/hooks"

export interface Tip {
  readonly title: string
  /** What is told of it, a line each: a name and a value. */
  readonly facts: ReadonlyArray<readonly [name: string, value: string]>
  /** A sentence below. */
  readonly note?: string
}

/** Where a tip points to, in pixels. */
export interface TipPlace {
  readonly x: number
  readonly y: number
}

interface ShownTip extends TipPlace {
  readonly tip: Tip
}

export interface Tips {
  readonly shown: Signal<ShownTip | undefined>
  readonly show: (tip: Tip, place: TipPlace) => void
  readonly hide: () => void
  /** A pointer left: what a finger touched stays until another place is touched. */
  readonly left: (event: PointerEvent) => void
  /** What a mark listens to, so that its tip is shown by pointer, touch and keyboard, and how it is read out. */
  readonly of: (tip: Tip, place: TipPlace) => TipMark
  /** The same tips, for marks whose places are counted from (x, y) on. */
  readonly movedBy: (x: number, y: number) => Tips
}

interface TipMark {
  readonly role: "img"
  readonly "aria-label": string
  readonly onPointerEnter: () => void
  readonly onPointerLeave: (event: PointerEvent) => void
  readonly onFocus: () => void
  readonly onBlur: () => void
}

/** A tip in one line, as a label that is read out. */
const tipText = ({ facts, note, title }: Tip): string =>
  [title, ...facts.map(([name, value]) => `${name} ${value}`), ...(note === undefined ? [] : [note])].join(", ")

const tipsOn = (shown: Signal<ShownTip | undefined>, dx: number, dy: number): Tips => {
  const show = (tip: Tip, { x, y }: TipPlace) => {
    shown.value = { tip, x: x + dx, y: y + dy }
  }
  const hide = () => {
    shown.value = undefined
  }
  const left = ({ pointerType }: PointerEvent) => {
    if (pointerType !== "touch") hide()
  }
  return {
    shown,
    show,
    hide,
    left,
    of: (tip, place) => ({
      role: "img",
      "aria-label": tipText(tip),
      onPointerEnter: () => show(tip, place),
      onPointerLeave: left,
      onFocus: () => show(tip, place),
      onBlur: hide
    }),
    movedBy: (x, y) => tipsOn(shown, dx + x, dy + y)
  }
}

/** A finger enters a mark and presses it in one: what was shown so short ago is of the mark that is pressed, in milliseconds. */
const JUST_SHOWN = 50

/** The tips of one chart: one is shown at a time. Escape, or touching another place, takes it away. */
export const useTips = (): Tips => {
  const shown = useSignal<ShownTip | undefined>(undefined)
  const since = useRef(0)
  useSignalEffect(() => {
    if (shown.value !== undefined) since.current = performance.now()
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") shown.value = undefined
    }
    const elsewhere = (event: PointerEvent) => {
      if (event.pointerType === "touch" && performance.now() - since.current > JUST_SHOWN) shown.value = undefined
    }
    document.addEventListener("keydown", onKey)
    document.addEventListener("pointerdown", elsewhere, { capture: true })
    return () => {
      document.removeEventListener("keydown", onKey)
      document.removeEventListener("pointerdown", elsewhere, { capture: true })
    }
  }, [])
  return useRef(tipsOn(shown, 0, 0)).current
}

/** The box with the tip, beside its place, inside of a chart that is so wide. It says nothing that the mark's own label does not, so it is not read out. */
export const TipBox = ({ tips, width }: { readonly tips: Tips; readonly width: number }) => {
  const style = useComputed(() => {
    const at = tips.shown.value
    if (at === undefined) return undefined
    const rightHalf = at.x > width / 2
    // Above its place, so that what goes on to the left and right of it stays seen; below where there is no room.
    const above = at.y > 90
    return {
      ...(above ? { bottom: `calc(100% - ${at.y - 10}px)` } : { top: `${at.y + 12}px` }),
      ...(rightHalf ? { right: `${Math.max(0, width - at.x + 8)}px` } : { left: `${at.x + 8}px` }),
      maxWidth: `${Math.max(140, rightHalf ? at.x - 8 : width - at.x - 8)}px`
    }
  })
  const at = tips.shown.value
  if (at === undefined || style.value === undefined) return null
  return (
    <div class="chart-tip" style={style.value} aria-hidden="true">
      <strong>{at.tip.title}</strong>
      <dl>
        {at.tip.facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {at.tip.note === undefined ? null : <p>{at.tip.note}</p>}
    </div>
  )
}
