import { useSignal } from "@preact/signals"
import type { JsonValue } from "../../messages/form.ts"
import { FailureNote } from "../shell/failure.tsx"
import { useAnswer } from "../use-answer.ts"
import { type DataDraft, draftData, draftOf } from "./draft-state.ts"
import { Field } from "./form/field.tsx"
import { faultsOf } from "./form/field-props.ts"
import { same } from "./form/form-value.ts"
import { type Checked, faultsFor } from "./use-check.ts"
import { useFocusFromPlaces } from "./use-focus-from-places.ts"

interface DataFormProps {
  readonly base: string
  readonly name: string
  readonly checked: Checked | undefined
}

/** A data file of the study, as a form or as it is written; or another file in its place. */
export const DataForm = ({ base, checked, name }: DataFormProps) => {
  const draft = draftOf(base).data[name]
  const asText = useSignal(draft?.text !== undefined)
  const { answer, failure } = useAnswer("what-if-data", { study: base, name, file: draft?.file ?? null }, ["studies"])
  const ref = useFocusFromPlaces(answer?.name === name)
  if (failure !== undefined) return <FailureNote failure={failure} />
  // What was answered of another file is not what is edited now.
  if (answer === undefined || answer.name !== name || answer.file !== (draft?.file ?? answer.own)) return <p class="soft">…</p>
  const { file, form, offered, own, text, value } = answer
  const chosen: DataDraft = { file: file === own ? null : file }
  const put = (now: DataDraft) => draftData(base, name, now.file === null && now.value === undefined && now.text === undefined ? undefined : now)
  const edited = draft?.value !== undefined || draft?.text !== undefined
  const faults = faultsFor(checked, "data", name)
  const onChange = (now: JsonValue | undefined) => put(same(now, value) ? chosen : { ...chosen, value: now ?? null })
  return (
    <section class="what-if-form card" tabIndex={-1} ref={ref} aria-label={`the data file ${name}`}>
      <h2>
        {name} <span class="what-if-stage">{own}</span>
      </h2>
      <p class="what-if-choose">
        <label>
          In its place{" "}
          <select
            value={file}
            onChange={(event) => {
              const { value: to } = event.currentTarget
              put({ file: to === own ? null : to })
            }}
          >
            {offered.map(({ file: one, wrong }) => (
              <option key={one} value={one} disabled={wrong !== null}>
                {one}
                {one === own ? " (the study's own)" : wrong === null ? "" : ` (does not fit: ${wrong.slice(0, 80)})`}
              </option>
            ))}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={asText.value}
            onChange={(event) => {
              asText.value = event.currentTarget.checked
              // What is typed one way is not carried over to the other.
              if (edited) put(chosen)
            }}
          />{" "}
          as it is written
        </label>
        {edited ? (
          <button type="button" onClick={() => put(chosen)}>
            Take back what was edited
          </button>
        ) : null}
      </p>
      {faultsOf({ faults, path: "" }, asText.value).map((one) => (
        <p key={one} class="what-if-fault" id="what-if-data-fault">
          {one}
        </p>
      ))}
      {asText.value ? (
        <textarea
          class="what-if-file"
          rows={24}
          spellcheck={false}
          aria-label={`the text of ${file}`}
          aria-invalid={faults.size > 0}
          aria-describedby="what-if-data-fault"
          value={draft?.text ?? text}
          onInput={(event) => put(event.currentTarget.value === text ? chosen : { ...chosen, text: event.currentTarget.value })}
        />
      ) : (
        <Field form={form} value={draft?.value ?? value} base={value} path="" label={name} of={name} faults={faults} Inner={Field} onChange={onChange} />
      )}
    </section>
  )
}
