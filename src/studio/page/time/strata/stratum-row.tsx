import { type LayerState, layerStates, type Stratum } from "../../../messages/time/strata.ts"
import { addressOf } from "../../route.ts"
import { useAnswer } from "../../use-answer.ts"
import { duration, moment, size } from "../../wording.ts"
import { Bands, layersInWords, sharedInWords } from "./bands.tsx"
import { OutcomeMark } from "./outcome.tsx"
import { isPicked, toggle } from "./picks.ts"

/** How many edits are told of a run. */
const TOLD = 3

const inWords = ({ editsInAll, layers }: Stratum, edits: ReadonlyArray<string>): string => {
  const inState = (state: LayerState) => layers[layerStates.indexOf(state)] ?? 0
  if (editsInAll === 0) {
    if (inState("changed") + inState("same") > 0) return "what it rests on was made by an earlier run"
    if (inState("cancelled") > 0) return "cancelled before anything ran"
    return inState("found") > 0 ? "an earlier state was found again" : "nothing to do"
  }
  return `${edits.slice(0, TOLD).join("; ")}${editsInAll > TOLD ? `; and ${editsInAll - TOLD} more` : ""}`
}

interface Props {
  readonly study: string
  readonly one: Stratum
  readonly position: number
  readonly total: number
  readonly height: number
}

/** One run as a layer. Space picks it, the arrow keys go to the next. */
export const StratumRow = ({ height, one, position, study, total }: Props) => {
  const branch = one.study === study ? "" : one.study.slice(one.study.indexOf("@"))
  const picked = isPicked(study, one)
  // Which cells of a file changed is in the artifacts: it is asked for of the runs that are in sight.
  const { answer } = useAnswer("run-edits", one.ofFile ? { study: one.study, run: one.run } : undefined, one.ms === undefined ? ["store"] : [])
  const edits = inWords(one, answer?.edits ?? one.edits)
  return (
    <li
      class={`time-stratum ${picked ? "time-picked" : ""}`}
      style={{ top: `${position * height}px`, height: `${height}px` }}
      aria-posinset={position + 1}
      aria-setsize={total}
    >
      <input
        type="checkbox"
        class="time-pick"
        data-position={position}
        checked={picked}
        aria-label={`compare run of ${moment(one.at)}${branch === "" ? "" : ` of ${branch}`}`}
        onChange={() => toggle(study, one)}
      />
      <div class="time-when">
        <a href={addressOf(study, "runs", ["run", one.run], one.study === study ? {} : { study: one.study })}>
          <time dateTime={new Date(one.at).toISOString()}>{moment(one.at)}</time>
        </a>
        <span class="soft">
          {one.ms === undefined ? "" : duration(one.ms)}
          {one.memory === undefined ? "" : ` · ${size(one.memory)}`}
        </span>
      </div>
      <div class="time-layer">
        <Bands layers={one.layers} />
        <p class="time-edits" title={edits}>
          {edits}
        </p>
        <p class="time-counts soft">
          {layersInWords(one.layers)}
          {sharedInWords(one.shared)} · <code title={one.command}>{one.shortCommand}</code>
          {one.variant === "" ? "" : ` · ${one.variant}`}
        </p>
      </div>
      <div class="time-marks">
        <OutcomeMark outcome={one.outcome} />
        {one.tag === undefined ? null : <span class="time-tag">{one.tag}</span>}
        {branch === "" ? null : <span class="time-branch">{branch}</span>}
      </div>
    </li>
  )
}
