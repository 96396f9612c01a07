import { type LayerState, layerStates } from "../../../messages/time/strata.ts"

/** What each state is called beside a number. */
export const stateWords: Readonly<Record<LayerState, string>> = {
  changed: "changed",
  same: "ran, the same",
  found: "found again",
  fresh: "fresh",
  failed: "failed",
  blocked: "blocked",
  skipped: "skipped",
  cancelled: "cancelled"
}

const bandsOf = (layers: ReadonlyArray<number>) => layerStates.flatMap((state, i) => ((layers[i] ?? 0) > 0 ? [{ state, nodes: layers[i]! }] : []))

/** The layers in words: `3 changed, 275 fresh`. */
export const layersInWords = (layers: ReadonlyArray<number>): string =>
  bandsOf(layers)
    .map(({ nodes, state }) => `${nodes} ${stateWords[state]}`)
    .join(", ")

/** Where some came from the store that machines share, how many. */
export const sharedInWords = (shared: number): string => (shared === 0 ? "" : ` (${shared} from the shared store)`)

/** A run as a layer of bands: their lengths go by the square root of the nodes, so that one of three hundred is seen. */
export const Bands = ({ layers }: { readonly layers: ReadonlyArray<number> }) => (
  <div class="time-bands" aria-hidden="true">
    {bandsOf(layers).map(({ nodes, state }) => (
      <span key={state} class={`time-band time-is-${state}`} style={{ flexGrow: Math.sqrt(nodes) }} title={`${nodes} ${stateWords[state]}`} />
    ))}
  </div>
)

export const Legend = () => (
  <ul class="time-legend" aria-label="what the bands are">
    {layerStates.map((state) => (
      <li key={state}>
        <span class={`time-swatch time-is-${state}`} aria-hidden="true" />
        {stateWords[state]}
      </li>
    ))}
  </ul>
)
