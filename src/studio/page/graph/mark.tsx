import type { State } from "./states.ts"

/** A shape for each state, so that none rests on its colour alone. */
const SHAPES: Readonly<Record<State, string>> = {
  fresh: "M3 8.5l3.2 3.2L13 4.8",
  stale: "M8 2.2L13.8 8 8 13.8 2.2 8z",
  unknown: "M5.4 6.1a2.6 2.6 0 1 1 3.7 2.4c-.8.4-1.1.8-1.1 1.6M8 12.6v.4",
  running: "M5 3.2v9.6L13 8z",
  failed: "M3.6 3.6l8.8 8.8M12.4 3.6l-8.8 8.8",
  blocked: "M8 2.2a5.8 5.8 0 1 0 .01 0zM3.9 12.1l8.2-8.2",
  skipped: "M3 3.5L8 8l-5 4.5M8.6 3.5L13.6 8l-5 4.5",
  source: "M4 2.2h5l3.2 3.2v8.4H4zM9 2.2v3.2h3.2",
  edited: "M3 13l.7-3 7-7 2.3 2.3-7 7z",
  missing: "M8 2.6v7M8 12.4v1"
}
const FILLED: ReadonlySet<State> = new Set(["stale", "running", "edited"])

export const Mark = ({ state }: { readonly state: State }) => (
  <svg class={`graph-mark graph-is-${state}`} viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
    <path
      d={SHAPES[state]}
      fill={FILLED.has(state) ? "currentColor" : "none"}
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
)
