import { useMemo } from "preact/hooks"
import { addressOf, goTo, type Route } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { NotMade } from "../../shell/not-made.tsx"
import { useAnswer } from "../../use-answer.ts"
import type { Outline } from "../outline.ts"
import { termsOf } from "../terms.ts"
import { ofComparison, ofModels } from "./curve-data.ts"
import { CurveTests } from "./curve-summary.tsx"
import { CurveToRun } from "./curve-to-run.tsx"
import { CurveView } from "./curve-view.tsx"

interface PartProps {
  readonly study: string
  readonly route: Route
  readonly outline: Outline
}

const OfComparison = ({ node, outline, route, study }: PartProps & { readonly node: string }) => {
  const head = outline.curves.find((one) => one.node === node)!
  const { answer: curve, failure } = useAnswer("estimates-curve", head.made ? { study, node } : undefined)
  const data = useMemo(() => curve && ofComparison(curve, node), [curve, node])
  return (
    <>
      <CurveToRun study={study} curve={head} />
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {curve === undefined || data === undefined ? null : (
        <>
          <CurveView study={study} route={route} data={data} />
          <CurveTests study={study} node={node} curve={curve} />
        </>
      )}
    </>
  )
}

const OfTerm = ({ outcome, route, study, term }: Omit<PartProps, "outline"> & { readonly term: string; readonly outcome: string | undefined }) => {
  const { answer, failure } = useAnswer("estimates-of-terms", { study, terms: [term], nodes: [] })
  const outcomes = answer === undefined ? [] : [...new Set(answer.rows.map(({ dependent }) => dependent))]
  const wanted = outcome ?? outcomes.find((one) => one !== "")
  const data = useMemo(() => answer && ofModels(answer, ({ dependent }) => wanted === undefined || dependent === wanted), [answer, wanted])
  return (
    <>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {outcomes.length < 2 ? null : (
        <label class="estimates-outcome">
          outcome{" "}
          <select value={wanted} onChange={(event) => goTo(addressOf(study, "estimates", [], { show: "curve", term, outcome: event.currentTarget.value }))}>
            {outcomes.map((one) => (
              <option key={one} value={one}>
                {one === "" ? "not told" : one}
              </option>
            ))}
          </select>
        </label>
      )}
      {data === undefined ? null : data.specifications.length === 0 ? (
        <p class="card">No model has an estimate of {term}.</p>
      ) : (
        <CurveView study={study} route={route} data={data} />
      )}
    </>
  )
}

/** The curve of a comparison, or of all models that have a term. */
export const CurvePart = ({ outline, route, study }: PartProps) => {
  const { answer: models } = useAnswer("estimates-models", { study })
  const compared = new Set(models?.compared)
  const terms = termsOf((models?.models ?? []).filter((model) => !compared.has(model.node)))
  const node = route.rest[0] ?? (route.query["term"] === undefined ? outline.curves[0]?.node : undefined)
  const term = node === undefined ? (route.query["term"] ?? terms[0]) : undefined
  const source = node === undefined ? `term ${term}` : `node ${node}`
  const take = (value: string) =>
    goTo(
      value.startsWith("node ") ? addressOf(study, "estimates", [value.slice(5)]) : addressOf(study, "estimates", [], { show: "curve", term: value.slice(5) })
    )
  return (
    <div class="estimates-curve-part">
      <label class="estimates-source">
        of{" "}
        <select value={source} onChange={(event) => take(event.currentTarget.value)}>
          {outline.curves.length === 0 ? null : (
            <optgroup label="comparisons">
              {outline.curves.map((one) => (
                <option key={one.node} value={`node ${one.node}`}>
                  {one.node}: {one.terms.join(", ")} in {one.specifications} specifications
                </option>
              ))}
            </optgroup>
          )}
          <optgroup label="all models that have a term">
            {terms.map((one) => (
              <option key={one} value={`term ${one}`}>
                {one}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      {outline.curves.length > 0 ? null : (
        <p class="soft">
          This study compares no choices: comparing indicator sets, samples and specifications is placed with compareNodes (docs/compare.md). Its own models
          stand side by side here.
        </p>
      )}
      {node !== undefined ? (
        <OfComparison key={node} node={node} study={study} route={route} outline={outline} />
      ) : term === undefined ? (
        models === undefined ? null : (
          <NotMade study={study} nodes={[]}>
            There are no estimates yet.
          </NotMade>
        )
      ) : (
        <OfTerm key={term} study={study} route={route} term={term} outcome={route.query["outcome"]} />
      )}
    </div>
  )
}
