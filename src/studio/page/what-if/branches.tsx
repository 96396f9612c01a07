import { useSignal } from "@preact/signals"
import type { Answer } from "../../messages/questions.ts"
import type { KeptStudy } from "../../messages/what-if.ts"
import { AskFailure, ask } from "../ask.ts"
import { counted, numberText } from "../chart/number-text.ts"
import { live } from "../live.ts"
import { addressOf, goTo, route } from "../route.ts"
import { FailureNote } from "../shell/failure.tsx"
import { type Answered, useAnswer } from "../use-answer.ts"
import { takeUpDraft } from "./draft-state.ts"
import { EstimateText } from "./estimate-text.tsx"
import { settingText } from "./setting-text.ts"

const whole = (study: string): string => study.slice(study.indexOf("@") + 1)

/** What became of a branch, or what goes on of it. */
const State = ({ branch }: { readonly branch: KeptStudy }) => {
  const run = [...live.value.runs.values()].find(({ studies }) => studies.includes(branch.study))
  if (run !== undefined)
    return (
      <span class="what-if-running">
        <progress value={run.done} max={Math.max(1, run.due)} aria-label={`run of ${branch.name}`} /> {run.done} of {run.due}
      </span>
    )
  if (branch.faults.length > 0) return <span class="what-if-failed">{branch.faults.join("; ")}</span>
  if (branch.run === null) return <span class="soft">never ran</span>
  return (
    <>
      {branch.run.outcome === "ok" ? "ran" : <span class="what-if-failed">{branch.run.outcome}</span>}
      {branch.due === 0 ? "" : `, ${counted(branch.due, "node")} due`}
    </>
  )
}

/** Removes a branch; whoever looks at it is taken back to all of them. */
const remove = async (base: string, study: string): Promise<void> => {
  await ask("what-if-forget", { study })
  const { branch, ...others } = route.peek().query
  if (route.peek().study === study || branch === study) goTo(addressOf(base, "what-if", [], others), "replace")
}

/** Has a branch in the form again, to be changed: it is put in its own place when it is run. */
const takeUp = async (base: string, study: string): Promise<void> => {
  const { draft, name } = await ask("what-if-draft", { study })
  takeUpDraft(base, name, draft)
  const [node] = draft.params
  const [data] = draft.data
  goTo(addressOf(base, "what-if", [], node !== undefined ? { node: node.node } : data !== undefined ? { data: data.name } : {}))
}

/** What is other in a branch, a line each. */
const Settings = ({ branch: { faults, given, settings } }: { readonly branch: KeptStudy }) => {
  if (faults.length > 0) return given.map((one) => <code key={one}>{one}</code>)
  if (settings.length === 0) return <span class="soft">nothing: the study says the same by now</span>
  return settings.map((one) => {
    const { after } = settingText(one)
    return (
      <span key={`${one.of} ${one.path}`} class="what-if-setting">
        <code>
          {one.of}
          {one.path === "" ? "" : `.${one.path}`}
        </code>{" "}
        {after}
      </span>
    )
  })
}

interface BranchesProps {
  readonly base: string
  readonly kept: Answered<Answer<"what-if-branches">>
}

/** The branches that were made here, a row each beside the study itself, with one estimate that is looked at in all of them. */
export const Branches = ({ base, kept }: BranchesProps) => {
  const { query } = route.value
  const { answer, failure } = kept
  const { answer: of } = useAnswer("what-if-estimates", { study: base, node: query["of"] ?? null, term: query["term"] ?? null })
  const { answer: studies } = useAnswer("studies", {}, ["studies"])
  const refused = useSignal<AskFailure | undefined>(undefined)
  if (failure !== undefined) return <FailureNote failure={failure} />
  if (answer === undefined || answer.branches.length + answer.unread.length === 0) return null
  const readOnly = studies?.readOnly ?? false
  const go = (more: Readonly<Record<string, string>>) => goTo(addressOf(base, "what-if", [], { ...query, ...more }), "replace")
  const act = async (doing: Promise<unknown>) => {
    refused.value = undefined
    try {
      await doing
    } catch (error) {
      refused.value = error instanceof AskFailure ? error : new AskFailure([{ code: "what-if", message: String(error) }])
    }
  }
  const estimateIn = (study: string) => of?.estimates.find((one) => one.study === study)
  return (
    <section class="what-if-branches" aria-label="what-ifs so far">
      <h2>What-ifs so far</h2>
      {of === undefined || of.node === null ? null : (
        <p class="what-if-choose">
          <label>
            Estimate of{" "}
            <select value={of.node} onChange={(event) => go({ of: event.currentTarget.value, term: "" })}>
              {of.nodes.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
          <label>
            term{" "}
            <select value={of.term ?? ""} onChange={(event) => go({ of: of.node ?? "", term: event.currentTarget.value })}>
              {of.terms.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
        </p>
      )}
      {refused.value === undefined ? null : <FailureNote failure={refused.value} />}
      {answer.unread.map((file) => (
        <p key={file} class="failure">
          What <code>{file}</code> keeps cannot be read: another version of Sediment wrote it, or it is damaged. It is left as it is; remove the file if it is
          of no use.
        </p>
      ))}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section class="what-if-rows what-if-stacked" aria-label="table of what-ifs" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Branch</th>
              <th scope="col">What is other</th>
              <th scope="col" class="what-if-figure">
                {of?.term ?? "Estimate"}
              </th>
              <th scope="col" class="what-if-figure">
                moved, SE
              </th>
              <th scope="col" class="what-if-figure">
                nodes differ
              </th>
              <th scope="col">State</th>
              <td />
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">
                <a href={addressOf(base, "graph")}>the study itself</a>
              </th>
              <td class="soft">as dag.ts has it</td>
              <td class="what-if-figure" data-label={of?.term ?? "estimate"}>
                <EstimateText side={estimateIn(base)?.estimate ?? null} />
              </td>
              <td class="what-if-figure" />
              <td class="what-if-figure" />
              <td />
              <td />
            </tr>
            {answer.branches.map((branch) => {
              const estimate = estimateIn(branch.study)
              return (
                <tr key={branch.study} class={query["branch"] === branch.study ? "what-if-current" : ""}>
                  <th scope="row">
                    <a href={addressOf(base, "what-if", [], { branch: branch.study })} aria-current={query["branch"] === branch.study ? "true" : undefined}>
                      {whole(branch.study)}
                    </a>
                  </th>
                  <td>
                    <Settings branch={branch} />
                  </td>
                  <td class="what-if-figure" data-label={of?.term ?? "estimate"}>
                    <EstimateText side={estimate?.estimate ?? null} />
                  </td>
                  <td class="what-if-figure" data-label="moved, SE">
                    {numberText(estimate?.moved, 3)}
                  </td>
                  <td class="what-if-figure" data-label="nodes differ">
                    {branch.run === null ? "" : branch.differing}
                  </td>
                  <td>
                    <State branch={branch} />
                  </td>
                  <td class="what-if-actions">
                    <button
                      type="button"
                      class="what-if-small"
                      disabled={readOnly || branch.due === 0}
                      aria-label={`run ${branch.name}`}
                      onClick={() => act(ask("run", { study: branch.study, nodes: [] }))}
                    >
                      run
                    </button>{" "}
                    <button
                      type="button"
                      class="what-if-small"
                      disabled={branch.faults.length > 0}
                      aria-label={`change ${branch.name}`}
                      onClick={() => act(takeUp(base, branch.study))}
                    >
                      change
                    </button>{" "}
                    <button
                      type="button"
                      class="what-if-small"
                      disabled={readOnly}
                      aria-label={`remove ${branch.name}`}
                      onClick={() => act(remove(base, branch.study))}
                    >
                      remove
                    </button>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </section>
  )
}
