import { useSignal } from "@preact/signals"
import type { ModelHead } from "../../../messages/estimates/outline.ts"
import { counted } from "../../chart/number-text.ts"
import { addressOf, goTo, type Route } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { standingWords } from "../../standing-words.ts"
import { useAnswer } from "../../use-answer.ts"
import { ModelPage } from "./model-page.tsx"

/** So many are laid out at once; who looks for another names it. */
const SHOWN = 250

const distinct = (texts: ReadonlyArray<string>): string => [...new Set(texts.filter((text) => text !== ""))].join(", ")
const wordsOf = (one: ModelHead): string =>
  [one.node, one.stage, ...one.terms, ...one.equations.flatMap(({ dependent, model, variance }) => [dependent, model, variance])].join(" ").toLowerCase()

const Row = ({ model, study }: { readonly study: string; readonly model: ModelHead }) => {
  const { equations, made, node, stage, state, terms } = model
  const nobs = [...new Set(equations.map((equation) => equation.nobs))].filter((one) => one !== null)
  return (
    <tr>
      <th scope="row">
        <a href={addressOf(study, "estimates", [node])}>{node}</a>
        {state === "fresh" ? null : <span class="estimates-tag">{made ? standingWords[state] : "not made yet"}</span>}
      </th>
      <td>{distinct(equations.map((equation) => equation.dependent))}</td>
      <td>{equations.length === 0 ? stage : distinct(equations.map((equation) => equation.model))}</td>
      <td>{distinct(equations.map((equation) => equation.variance))}</td>
      <td class="estimates-count">{nobs.join(", ")}</td>
      <td class="estimates-terms">{terms.filter((term) => !term.startsWith("(")).join(", ")}</td>
    </tr>
  )
}

const ModelList = ({ find, models, study }: { readonly study: string; readonly models: ReadonlyArray<ModelHead>; readonly find: string }) => {
  const words = useSignal(find)
  const parts = words.value.toLowerCase().split(/\s+/)
  const found = models.filter((model) => {
    const text = wordsOf(model)
    return parts.every((part) => text.includes(part))
  })
  const take = (text: string) => {
    words.value = text
    goTo(addressOf(study, "estimates", [], { show: "models", ...(text === "" ? {} : { find: text }) }), "replace")
  }
  return (
    <section class="estimates-models" aria-label="models">
      <div class="estimates-find">
        <input
          type="search"
          aria-label="find a model"
          placeholder="find by name, outcome, regressor, estimator"
          value={words.value}
          onInput={(event) => take(event.currentTarget.value)}
        />
        <p class="soft" role="status">
          {found.length === models.length ? counted(models.length, "model") : `${found.length} of ${counted(models.length, "model")}`}
        </p>
      </div>
      {found.length === 0 ? (
        <p class="soft">No model has all of these words.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section class="estimates-scroll estimates-wide" tabIndex={0} aria-label="list of models">
          <table>
            <thead>
              <tr>
                {["model", "outcome", "estimator", "standard errors", "N", "terms"].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.slice(0, SHOWN).map((model) => (
                <Row key={model.node} study={study} model={model} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {found.length > SHOWN ? <p class="soft">The first {SHOWN} are shown.</p> : null}
    </section>
  )
}

/** All nodes with estimates, or one of them. */
export const ModelsPart = ({ route, study }: { readonly study: string; readonly route: Route }) => {
  const node = route.rest[0]
  const { answer, failure } = useAnswer("estimates-models", node === undefined ? { study } : undefined)
  if (node !== undefined) return <ModelPage key={node} study={study} node={node} query={route.query} />
  if (failure !== undefined) return <FailureNote failure={failure} />
  if (answer === undefined) return <p class="soft">reading the models…</p>
  if (answer.models.length === 0) return <p class="card">This study has no models: a stage that makes Estimates or Effects is one.</p>
  return <ModelList study={study} models={answer.models} find={route.query["find"] ?? ""} />
}
