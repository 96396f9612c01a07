/** A kind of mark: how it looks, by classes that set its colour (`series-1` … `series-6`, or a view's own). */
export interface LegendEntry {
  readonly text: string
  readonly look: string
  readonly shape?: "square" | "line" | "dash" | "dot" | "ring"
  /** How many there are, or what else is told of it. */
  readonly detail?: string
}

const Swatch = ({ look, shape = "square" }: LegendEntry) => (
  <svg width={18} height={12} aria-hidden="true" class={`chart-swatch ${look}`}>
    {shape === "square" ? <rect class="chart-filled" x={2} y={0} width={14} height={12} rx={2} /> : null}
    {shape === "dot" ? <circle class="chart-filled" cx={9} cy={6} r={4.5} /> : null}
    {shape === "ring" ? <circle class="chart-hollow" cx={9} cy={6} r={4.5} /> : null}
    {shape === "line" || shape === "dash" ? (
      <line class="chart-stroked" x1={0} x2={18} y1={6} y2={6} stroke-dasharray={shape === "dash" ? "4 3" : undefined} />
    ) : null}
  </svg>
)

/** What colours and shapes stand for. */
export const Legend = ({ entries, title }: { readonly entries: ReadonlyArray<LegendEntry>; readonly title?: string }) => (
  <div class="chart-legend">
    {title === undefined ? null : <span class="chart-legend-title">{title}</span>}
    <ul>
      {entries.map((entry) => (
        <li key={entry.text}>
          <Swatch {...entry} />
          {entry.text}
          {entry.detail === undefined ? null : <span class="soft"> {entry.detail}</span>}
        </li>
      ))}
    </ul>
  </div>
)
