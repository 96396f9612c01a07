import { serverNow } from "../live.ts"
import type { BoxView } from "./box-view.ts"
import { Mark } from "./mark.tsx"
import { memo } from "./memo.ts"
import type { Sized } from "./placement.ts"
import { ATTENTION } from "./states.ts"
import { tick } from "./tick.ts"
import { duration } from "./wording.ts"

/** How many of a group are in which state, as a bar. */
const StateBar = ({ counts }: Pick<BoxView, "counts">) => {
  const all = [...counts.values()].reduce((sum, one) => sum + one, 0)
  return (
    <span class="graph-bar" aria-hidden="true">
      {ATTENTION.flatMap((state) =>
        counts.has(state) ? [<span key={state} class={`graph-is-${state}`} style={{ width: `${(100 * counts.get(state)!) / all}%` }} />] : []
      )}
    </span>
  )
}

/** How long it has been running, and how far it is expected to be. */
const Elapsed = ({ at, expected }: NonNullable<BoxView["running"]>) => {
  tick.value
  const elapsed = Math.max(0, serverNow() - at)
  return (
    <>
      <span class="graph-second">running {duration(Math.max(1, elapsed))}</span>
      <span class="graph-progress" aria-hidden="true">
        <span
          class={expected === undefined ? "graph-endless" : ""}
          style={{ width: expected === undefined ? "30%" : `${Math.min(96, (100 * elapsed) / Math.max(1, expected))}%` }}
        />
      </span>
    </>
  )
}

interface PictureBoxProps {
  /** Its position among the boxes. */
  readonly box: number
  readonly view: BoxView
  readonly x: number
  readonly y: number
  readonly size: Sized
  readonly words: string
  /** It is the one that Tab comes to. */
  readonly current: boolean
  readonly selected: boolean
  readonly dimmed: boolean
  /** It would run in the run that is asked about. */
  readonly would: boolean
  /** How many edges it is from the edit that has just disturbed it. */
  readonly wave: number | undefined
  readonly onChoose: (box: number) => void
  readonly onLook: (box: number, isKeyboard: boolean) => void
}

/** A node, a file or a group in the picture. */
export const PictureBox = memo(({ box: position, current, dimmed, onChoose, onLook, selected, size, view, wave, words, would, x, y }: PictureBoxProps) => {
  const { box, counts, running, second, state, touched, warnings } = view
  const group = box.kind === "map" || box.kind === "layer" || box.kind === "files"
  const name = box.kind === "file" || box.kind === "files" ? box.label.replace(/^.*[/\\](?=[^/\\…])/, "") : box.label
  const classes = [
    "graph-box",
    `graph-${box.kind}`,
    `graph-is-${state}`,
    ...(selected ? ["graph-selected"] : []),
    ...(dimmed ? ["graph-dimmed"] : []),
    ...(would ? ["graph-would"] : []),
    ...(touched ? ["graph-touched"] : []),
    ...(wave === undefined ? [] : ["graph-wave"])
  ]
  return (
    <button
      type="button"
      class={classes.join(" ")}
      data-box={box.id}
      tabIndex={current ? 0 : -1}
      aria-pressed={group ? undefined : selected}
      aria-expanded={group ? false : undefined}
      style={{
        transform: `translate(${x}px, ${y}px)`,
        width: `${size.width}px`,
        height: `${size.height}px`,
        ...(wave === undefined ? {} : { animationDelay: `${Math.min(wave, 12) * 70}ms` })
      }}
      onClick={() => onChoose(position)}
      onFocus={({ currentTarget }) => onLook(position, currentTarget.matches(":focus-visible"))}
    >
      <Mark state={state} />
      <span class="graph-text">
        <span class={warnings > 0 && !group ? "graph-name graph-by-warning" : "graph-name"}>
          {name}
          {group ? <span class="graph-number"> {box.members.length}</span> : null}
        </span>{" "}
        {running === undefined ? (
          second === "" ? null : (
            // Of a group it is heard how many stand how, and not what each is called.
            <span class="graph-second" aria-hidden={group ? "true" : undefined}>
              {second}
            </span>
          )
        ) : (
          <Elapsed {...running} />
        )}
      </span>
      <span class="unseen">{words}</span>
      {warnings > 0 && !group ? (
        <span class="graph-warned" aria-hidden="true">
          !
        </span>
      ) : null}
      {group ? <StateBar counts={counts} /> : null}
    </button>
  )
})
