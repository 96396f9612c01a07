import { addressOf } from "../../route.ts"
import { clearPicks, comparison, picksOf } from "./picks.ts"

/** What is done with the runs that are picked. */
export const PickBar = ({ study }: { readonly study: string }) => {
  const picks = picksOf(study)
  const address = comparison(study)
  return (
    <div class="time-pick-bar" role="status">
      {picks.length === 0 ? (
        <span class="soft">
          Tick two runs to compare them, or see <a href={addressOf(study, "runs", ["diff"])}>what the last change did</a>.
        </span>
      ) : address === undefined ? (
        <span>
          One run is picked: tick another, or compare it with <a href={addressOf(study, "runs", [], { from: picks[0]!.reference, to: "latest" })}>the latest</a>
          .
        </span>
      ) : (
        <a class="time-compare" href={address}>
          Compare the two runs
        </a>
      )}
      {picks.length === 0 ? null : (
        <button type="button" onClick={clearPicks}>
          Clear
        </button>
      )}
    </div>
  )
}
