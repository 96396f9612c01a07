import { signal } from "@preact/signals"
import type { Stratum } from "../../../messages/time/strata.ts"
import { addressOf } from "../../route.ts"

/** A run that was picked to be compared. */
interface Pick {
  readonly reference: string
  readonly at: number
}

const picked = signal<{ readonly study: string; readonly picks: ReadonlyArray<Pick> }>({ study: "", picks: [] })

/** Those of a study, two at most, the earlier first. */
export const picksOf = (study: string): ReadonlyArray<Pick> => (picked.value.study === study ? picked.value.picks : [])

/** How a run is asked for in the view of a study: one of a branch with that behind it. */
export const referenceOf = (study: string, { run, study: own }: Pick_): string => (own === study ? run : `${run}@${own.split("@")[1] ?? ""}`)
type Pick_ = { readonly run: string; readonly study: string }

export const isPicked = (study: string, one: Pick_): boolean => picksOf(study).some(({ reference }) => reference === referenceOf(study, one))

/** Picks a run, or takes it back; of three, the one that was picked first is taken back. */
export const toggle = (study: string, one: Stratum): void => {
  const reference = referenceOf(study, one)
  const before = picksOf(study)
  const picks = before.some((own) => own.reference === reference)
    ? before.filter((own) => own.reference !== reference)
    : [...before, { reference, at: one.at }].slice(-2)
  picked.value = { study, picks }
}

export const clearPicks = (): void => {
  picked.value = { study: "", picks: [] }
}

/** The address at which the picked runs are compared; undefined where they are not two. */
export const comparison = (study: string): string | undefined => {
  const [from, to] = [...picksOf(study)].sort((a, b) => a.at - b.at)
  return from === undefined || to === undefined ? undefined : addressOf(study, "runs", [], { from: from.reference, to: to.reference })
}
