import { type Fault, StageFailure } from "@sediment/sediment"
import { Effect } from "effect"

const listed = 20

/** Fails with all faults together, if there are any; past the twentieth only their number is told. */
export const failTogether = (faults: ReadonlyArray<Fault>): Effect.Effect<void, StageFailure> => {
  const [first, ...others] = faults
  if (first === undefined) return Effect.void
  const shown: [Fault, ...Array<Fault>] = [first, ...others.slice(0, listed - 1)]
  const rest = faults.length - shown.length
  if (rest > 0) shown.push({ code: "more-faults", message: `and ${rest} more ${rest === 1 ? "fault" : "faults"} like these` })
  return Effect.fail(new StageFailure({ faults: shown }))
}
