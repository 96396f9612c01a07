import type { Signal } from "@preact/signals"

interface Props {
  readonly start: Signal<number>
  readonly count: number
  readonly total: number
  /** What is paged. */
  readonly what: string
}

/** Pages through what is longer than one of them. */
export const Pager = ({ count, start, total, what }: Props) =>
  total <= count ? null : (
    <div class="time-pager">
      <button type="button" disabled={start.value === 0} aria-label={`${what} before these`} onClick={() => (start.value = Math.max(0, start.value - count))}>
        ←
      </button>
      <span class="soft">
        {start.value + 1} to {Math.min(total, start.value + count)} of {total}
      </span>
      <button type="button" disabled={start.value + count >= total} aria-label={`${what} after these`} onClick={() => (start.value += count)}>
        →
      </button>
    </div>
  )
