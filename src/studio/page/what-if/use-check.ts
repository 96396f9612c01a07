import { useSignal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import type { Answer } from "../../messages/questions.ts"
import type { Draft } from "../../messages/what-if.ts"
import { type Answered, useAnswer } from "../use-answer.ts"
import { draftMessage, isEmpty, type StudyDraft } from "./draft-state.ts"
import type { FieldFaults } from "./form/field-props.ts"

/** How long nothing is typed before the server is asked. */
const PAUSE_MS = 200

export type Checked = Answer<"what-if-check">

/** What the server says of a draft; what it said last stands while it is asked again. */
export const useCheck = (study: string, draft: StudyDraft): Answered<Checked> & { readonly settled: boolean } => {
  const key = JSON.stringify(draftMessage(draft))
  const asked = useSignal(key)
  useEffect(() => {
    const timer = setTimeout(() => {
      asked.value = key
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [key])
  const answered = useAnswer("what-if-check", isEmpty(draft) ? undefined : { study, draft: JSON.parse(asked.value) })
  return { ...answered, settled: asked.value === key && !answered.asking }
}

/** The faults of one node or data file, by field. */
export const faultsFor = (checked: Checked | undefined, kind: keyof Draft, of: string): FieldFaults => {
  const faults = new Map<string, Array<string>>()
  for (const one of checked?.faults ?? [])
    if (one.of === of && one.isData === (kind === "data")) faults.set(one.path, [...(faults.get(one.path) ?? []), one.message])
  return faults
}

/** Whether a draft has something other than the study says of a node or a data file, or something wrong; until that is known, whether it has anything. */
export const isOther = (
  draft: StudyDraft,
  { answer, settled }: Pick<ReturnType<typeof useCheck>, "answer" | "settled">,
  kind: keyof Draft,
  name: string
): boolean => {
  if (!(name in draft[kind])) return false
  if (!settled || answer === undefined) return true
  // What is set of all of a map is told under the map's name.
  return [...answer.settings, ...answer.faults].some(
    ({ isData, of }) => isData === (kind === "data") && (of === name || (!isData && name.startsWith(`${of}[`)))
  )
}
