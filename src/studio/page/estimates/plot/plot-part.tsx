import { addressOf, goTo, type Route } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { NotMade } from "../../shell/not-made.tsx"
import { useAnswer } from "../../use-answer.ts"
import { termsOf } from "../terms.ts"
import { Forest } from "./forest.tsx"
import { ModelChoice } from "./model-choice.tsx"
import { inOrder, intervalsInWords, namesIn, namesText, type Order, without } from "./plot-choosing.ts"

/** So many models are shown unless others are chosen. */
const FIRST = 16

/** Chosen terms in chosen models, side by side. */
export const PlotPart = ({ route, study }: { readonly study: string; readonly route: Route }) => {
  const { answer: all } = useAnswer("estimates-models", { study })
  const { models: named, order: orderText, terms: termsText } = route.query
  const order: Order = orderText === "estimate" ? "estimate" : "study"
  const every = termsOf(all?.models ?? [])
  const asked = namesIn(termsText)
  const terms = asked.length > 0 ? asked : every.slice(0, 1)
  const having = (all?.models ?? []).filter((model) => terms.some((term) => model.terms.includes(term))).map(({ node }) => node)
  const compared = new Set(all?.compared)
  const chosen = named === undefined ? having.filter((node) => !compared.has(node)).slice(0, FIRST) : namesIn(named)
  const { answer, failure } = useAnswer(
    "estimates-of-terms",
    terms.length === 0 || chosen.length === 0 ? undefined : { study, terms: [...terms], nodes: [...chosen] }
  )
  const go = (change: { readonly terms?: ReadonlyArray<string>; readonly models?: ReadonlyArray<string>; readonly order?: Order }) =>
    goTo(
      addressOf(study, "estimates", [], {
        show: "plot",
        terms: namesText(change.terms ?? terms),
        ...(change.models === undefined ? (named === undefined ? {} : { models: named }) : { models: namesText(change.models) }),
        ...((change.order ?? order) === "study" ? {} : { order: "estimate" })
      })
    )
  if (all !== undefined && every.length === 0)
    return (
      <NotMade study={study} nodes={[]}>
        There are no estimates yet.
      </NotMade>
    )
  return (
    <div class="estimates-plot">
      <div class="estimates-plot-controls">
        <ul class="estimates-chips" aria-label="terms that are shown">
          {terms.map((term) => (
            <li key={term}>
              {term}
              {terms.length === 1 ? null : (
                <button type="button" aria-label={`take ${term} away`} onClick={() => go({ terms: without(terms, term) })}>
                  ×
                </button>
              )}
            </li>
          ))}
        </ul>
        <label>
          <span class="unseen">add a term</span>
          <select
            value=""
            onChange={(event) => {
              const term = event.currentTarget.value
              event.currentTarget.value = ""
              if (term !== "") go({ terms: [...terms, term] })
            }}
          >
            <option value="">add a term…</option>
            {every
              .filter((term) => !terms.includes(term))
              .map((term) => (
                <option key={term} value={term}>
                  {term}
                </option>
              ))}
          </select>
        </label>
        <label>
          order{" "}
          <select value={order} onChange={(event) => go({ order: event.currentTarget.value as Order })}>
            <option value="study">as in the study</option>
            <option value="estimate">by estimate</option>
          </select>
        </label>
        <ModelChoice names={having} chosen={chosen} onChange={(models) => go({ models })} />
      </div>
      <p class="soft estimates-under">
        A dot is an estimate, the thin line its {intervalsInWords(answer?.rows ?? [])}, the thick one its 90 % interval where it is made of a standard error;
        grey where the interval has zero in it, or none is told. A click leads to the model.
      </p>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {chosen.length === 0 && all !== undefined ? <p class="card">No model is chosen.</p> : null}
      {answer === undefined
        ? null
        : terms.map((term) => {
            const rows = inOrder(
              answer.rows.filter((row) => row.term === term),
              order
            )
            return rows.length === 0 ? (
              <p key={term} class="card">
                None of these models has an estimate of {term}.
              </p>
            ) : (
              <Forest key={term} study={study} term={term} rows={rows} />
            )
          })}
    </div>
  )
}
