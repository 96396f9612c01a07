/** What a box or an edge is, in full, beside it. */
export interface Told {
  readonly title: string
  readonly state?: string
  readonly lines: ReadonlyArray<string>
  /** On the screen. */
  readonly x: number
  readonly y: number
  /** The room that there is. */
  readonly within: { readonly width: number; readonly height: number }
}

const WIDTH = 320

export const Tooltip = ({ lines, state, title, within, x, y }: Told) => {
  const left = Math.max(4, Math.min(x, within.width - WIDTH - 8))
  const below = y < within.height * 0.6
  return (
    <div
      class="graph-tooltip"
      role="tooltip"
      data-still
      style={{ left: `${left}px`, ...(below ? { top: `${y}px` } : { bottom: `${within.height - y + 8}px` }) }}
    >
      <strong>{title}</strong>
      {state === undefined ? null : <span class="graph-tooltip-state">{state}</span>}
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}
