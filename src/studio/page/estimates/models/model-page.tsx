import { counted } from "../../chart/number-text.ts"
import { addressOf, goTo } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { NotMade } from "../../shell/not-made.tsx"
import { useAnswer } from "../../use-answer.ts"
import { NodeState } from "../node-state.tsx"
import { CoefficientTable } from "./coefficient-table.tsx"
import { EquationSentence } from "./equation-sentence.tsx"
import { FitFacts } from "./fit-facts.tsx"
import { ModelSurroundings } from "./model-surroundings.tsx"
import { StandardErrorPanel } from "./standard-error-panel.tsx"
import { TestsTable } from "./tests-table.tsx"

interface PageProps {
  readonly study: string
  readonly node: string
  readonly query: Readonly<Record<string, string>>
}

/** A model: what it says in words, its coefficients, its fit, its tests, and what it is made of. */
export const ModelPage = ({ node, query, study }: PageProps) => {
  const { answer: model, failure } = useAnswer("estimates-model", { study, node })
  const exact = query["digits"] === "all"
  const why = query["se"]
  const address = (term: string | undefined, all = exact) =>
    addressOf(study, "estimates", [node], { ...(all ? { digits: "all" } : {}), ...(term === undefined ? {} : { se: term }) })
  const terms = model?.estimates.flatMap(({ rows }) => rows.map(({ term }) => term)).filter((term) => !term.startsWith("(")) ?? []
  return (
    <div class={`estimates-page ${why === undefined ? "" : "estimates-with-panel"}`}>
      <article class="estimates-model">
        <h2>
          <code>{node}</code>
        </h2>
        {failure === undefined ? null : <FailureNote failure={failure} />}
        {model === undefined ? null : (
          <>
            <p class="estimates-links">
              <a href={addressOf(study, "node", [node])}>artifact</a>
              <a href={addressOf(study, "graph", [], { node })}>DAG</a>
              <a href={addressOf(study, "runs", ["trace"], { node })}>down to the yearbook</a>
              <a href={addressOf(study, "what-if", [], { node })}>what if it were otherwise</a>
              {terms[0] === undefined ? null : <a href={addressOf(study, "estimates", [], { show: "plot", terms: terms[0] })}>{terms[0]} in other models</a>}
            </p>
            <NodeState study={study} {...model} />
            {model.made ? null : (
              <NotMade study={study} nodes={[node]}>
                It has no estimates yet.
              </NotMade>
            )}
            {model.equations.map((equation) => (
              <EquationSentence
                key={equation.equation}
                equation={equation}
                rows={model.estimates.flatMap(({ rows }) => rows).filter(({ of }) => of === equation.equation)}
              />
            ))}
            {model.warnings.map((warning) => (
              <p key={warning} class="estimates-state estimates-stale">
                {warning}
              </p>
            ))}
            {model.made ? (
              <label class="estimates-digits">
                <input type="checkbox" checked={exact} onChange={(event) => goTo(address(why, event.currentTarget.checked), "replace")} /> all digits
              </label>
            ) : null}
            <div class="estimates-sections">
              {model.estimates.map(({ output, rows, type }) => (
                <CoefficientTable
                  key={output}
                  study={study}
                  node={node}
                  output={output}
                  type={type}
                  rows={rows}
                  exact={exact}
                  chosen={why}
                  onWhy={model.standardErrors === null || type !== "Estimates" ? undefined : (term) => goTo(address(term))}
                />
              ))}
              <FitFacts equations={model.equations} exact={exact} />
            </div>
            {model.tests.map(({ output, rows }) => (
              <TestsTable key={output} study={study} node={node} output={output} rows={rows} exact={exact} />
            ))}
            <ModelSurroundings study={study} model={model} />
            <div class="estimates-notes">
              {model.notes.map((note) => (
                <p key={note}>Data: {note}</p>
              ))}
              <p>
                {counted(
                  model.estimates.reduce((sum, { rows }) => sum + rows.length, 0),
                  "estimate"
                )}
                .
              </p>
            </div>
          </>
        )}
      </article>
      {why === undefined || model === undefined || model.standardErrors === null ? null : (
        <StandardErrorPanel key={why} study={study} node={node} term={why} onClose={() => goTo(address(undefined))} />
      )}
    </div>
  )
}
