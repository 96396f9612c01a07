import type { JsonValue } from "../../messages/form.ts"
import { addressOf } from "../route.ts"
import { FailureNote } from "../shell/failure.tsx"
import { useAnswer } from "../use-answer.ts"
import { draftOf, draftParams } from "./draft-state.ts"
import { Field } from "./form/field.tsx"
import { faultsOf } from "./form/field-props.ts"
import { same } from "./form/form-value.ts"
import { StructField } from "./form/struct-field.tsx"
import { type Checked, faultsFor } from "./use-check.ts"
import { useFocusFromPlaces } from "./use-focus-from-places.ts"

interface NodeFormProps {
  readonly base: string
  readonly node: string
  readonly checked: Checked | undefined
}

/** The parameters of a node as a form. */
export const NodeForm = ({ base, checked, node }: NodeFormProps) => {
  const { answer, failure } = useAnswer("what-if-node", { study: base, node }, ["studies"])
  const ref = useFocusFromPlaces(answer?.node === node)
  if (failure !== undefined) return <FailureNote failure={failure} />
  if (answer === undefined || answer.node !== node) return <p class="soft">…</p>
  const { defaults, form, params, place, siblings, stage } = answer
  const draft = draftOf(base).params[node]
  const value = draft?.params ?? params
  const faults = faultsFor(checked, "params", node)
  const all = draft?.all ?? false
  const put = (now: JsonValue, forAll: boolean) => draftParams(base, node, same(now, params) ? undefined : { all: forAll, params: now })
  const props = {
    form,
    value,
    base: params,
    path: "",
    label: node,
    of: node,
    faults,
    Inner: Field,
    onChange: (now: JsonValue | undefined) => put(now ?? null, all)
  }
  return (
    <section class="what-if-form card" tabIndex={-1} ref={ref} aria-label={`parameters of ${node}`}>
      <h2>
        <a href={addressOf(base, "graph", [], { node })}>{node}</a> <span class="what-if-stage">{stage}</span>
      </h2>
      <p class="soft">
        {place === null ? null : (
          <>
            placed at <code>{`${place.file}:${place.line}`}</code>
          </>
        )}
        {siblings.length === 0 ? null : (
          <label class="what-if-all">
            <input type="checkbox" checked={all} disabled={draft === undefined} onChange={(event) => put(value, event.currentTarget.checked)} /> the same for
            the other {siblings.length} of its map
          </label>
        )}
      </p>
      {faultsOf({ faults, path: "" }, false).map((one) => (
        <p key={one} class="what-if-fault">
          {one}
        </p>
      ))}
      {form.kind === "struct" ? <StructField {...props} defaults={defaults} /> : <Field {...props} />}
      {draft === undefined ? null : (
        <p>
          <button type="button" onClick={() => draftParams(base, node, undefined)}>
            Take back all of {node}
          </button>
        </p>
      )}
    </section>
  )
}
