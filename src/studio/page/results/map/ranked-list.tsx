import { type Signal, useSignal } from "@preact/signals"
import { numberText } from "../../chart/number-text.ts"
import { useRoving } from "../../chart/roving.ts"

export interface RankedEntity {
  readonly entity: string
  readonly value: number | null
  readonly rank: number | null
}

interface RankedListProps {
  readonly label: string
  /** From the first to the last. */
  readonly ranked: ReadonlyArray<RankedEntity>
  /** The values that a bar begins and ends at. */
  readonly extent: readonly [low: number, high: number]
  readonly chosen: string | undefined
  readonly pointed: Signal<string | undefined>
  readonly onPick: (entity: string) => void
}

/** So many rows are laid out at first. */
const AT_ONCE = 200

/** Entities by rank with their values as bars; who is pointed at here is pointed at on the map, and the other way round. */
export const RankedList = ({ chosen, extent: [low, high], label, onPick, pointed, ranked }: RankedListProps) => {
  const shown = useSignal(AT_ONCE)
  const rows = ranked.slice(0, shown.value)
  const roving = useRoving(rows.length)
  // Bars begin at zero where the values do not cross it.
  const [from, to] = [Math.min(0, low), Math.max(0, high)]
  const share = (value: number) => `${Math.max(1, (100 * (value - from)) / Math.max(to - from, Number.MIN_VALUE))}%`
  return (
    // biome-ignore lint/a11y/useSemanticElements: a list has an ol; this one's entries are buttons that arrows go through
    <div class="map-ranks" role="group" aria-label={label} data-marks>
      {rows.map(({ entity, rank, value }, place) => (
        <button
          key={entity}
          type="button"
          class={entity === pointed.value ? "map-rank-pointed" : ""}
          aria-pressed={entity === chosen}
          onClick={() => onPick(entity)}
          onPointerEnter={() => {
            pointed.value = entity
          }}
          onPointerLeave={() => {
            pointed.value = undefined
          }}
          onFocus={() => {
            pointed.value = entity
          }}
          onBlur={() => {
            pointed.value = undefined
          }}
          {...roving(place)}
        >
          <span class="map-rank">{rank ?? ""}</span>
          <span class="map-rank-name">{entity}</span>
          <span class="map-rank-bar" aria-hidden="true">
            {value === null ? null : <span style={{ inlineSize: share(value) }} />}
          </span>
          <span class="map-rank-value">{value === null ? "no value" : numberText(value)}</span>
        </button>
      ))}
      {rows.length < ranked.length ? (
        <button type="button" class="map-more" onClick={() => (shown.value = ranked.length)}>
          show the other {ranked.length - rows.length}
        </button>
      ) : null}
    </div>
  )
}
