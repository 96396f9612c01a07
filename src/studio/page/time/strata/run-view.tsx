import { useSignal } from "@preact/signals"
import { type AskFailure, ask } from "../../ask.ts"
import { addressOf } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { duration, moment, size } from "../../wording.ts"
import { TimeTabs } from "../time-tabs.tsx"
import { Bands, layersInWords, sharedInWords, stateWords } from "./bands.tsx"
import { OutcomeMark } from "./outcome.tsx"
import { referenceOf } from "./picks.ts"

/** Nodes that are told at first. */
const SHOWN = 60

const NameForm = ({ name, run, study }: { readonly study: string; readonly run: string; readonly name: string }) => {
  const failure = useSignal<AskFailure | undefined>(undefined)
  const { answer } = useAnswer("studies", {}, ["studies"])
  const typed = useSignal(name)
  if (answer?.readOnly !== false) return name === "" ? null : <p>It is called {name}.</p>
  const give = (to: string) =>
    ask("name-run", { study, run, name: to }).then(
      () => {
        failure.value = undefined
        typed.value = to
      },
      (error: AskFailure) => {
        failure.value = error
      }
    )
  return (
    <form
      class="time-name"
      onSubmit={(event) => {
        event.preventDefault()
        void give(typed.value.trim())
      }}
    >
      <label>
        Name of this run <input value={typed.value} placeholder="none" onInput={(event) => (typed.value = event.currentTarget.value)} />
      </label>
      <button type="submit">Save</button>
      {name === "" ? null : (
        <button type="button" onClick={() => void give("")}>
          Take it away
        </button>
      )}
      <span class="soft">A run with a name is kept by gc.</span>
      {failure.value === undefined ? null : <FailureNote failure={failure.value} />}
    </form>
  )
}

/** One run: what it did with each node that it touched. `of`: the study or the branch. */
export const RunView = ({ of, run, study }: { readonly study: string; readonly of: string; readonly run: string }) => {
  const { answer, failure } = useAnswer("run-nodes", { study: of, run }, ["store"])
  const { answer: told, failure: untold } = useAnswer("run-edits", { study: of, run }, ["store"])
  const edits = told?.edits ?? answer?.edits ?? []
  const all = useSignal(false)
  const shown = all.value ? answer?.touched : answer?.touched.slice(0, SHOWN)
  return (
    <>
      <TimeTabs study={study} current="run" />
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {failure !== undefined || untold === undefined ? null : <FailureNote about="Which cells of a file changed cannot be told:" failure={untold} />}
      {answer === undefined ? null : (
        <section aria-labelledby="time-title">
          <h1 id="time-title">
            Run of {moment(answer.at)} <OutcomeMark outcome={answer.outcome} />
          </h1>
          <p class="soft">
            <code>{answer.run}</code> · <code>{answer.shortCommand}</code>
            {answer.variant === "" ? "" : ` · ${answer.variant}`}
            {of === study ? "" : ` · ${of}`}
            {answer.ms === undefined ? "" : ` · took ${duration(answer.ms)}`}
            {answer.memory === undefined ? "" : ` · ${size(answer.memory)} of memory`}
          </p>
          {answer.command === answer.shortCommand ? null : (
            <details>
              <summary>The whole command</summary>
              <code class="time-command">{answer.command}</code>
            </details>
          )}
          <Bands layers={answer.layers} />
          <p>
            {layersInWords(answer.layers)}
            {sharedInWords(answer.shared)}
          </p>
          <NameForm key={answer.tag} study={study} run={run} name={answer.tag ?? ""} />
          <p>
            <a href={addressOf(study, "runs", [], { to: referenceOf(study, { run, study: of }) })}>What it changed</a>
            {of === study ? null : (
              <>
                {" · "}
                <a href={addressOf(study, "runs", [], { from: "latest", to: referenceOf(study, { run, study: of }) })}>Beside the study itself</a>
              </>
            )}
          </p>
          {edits.length === 0 ? null : (
            <>
              <h2>What it came from</h2>
              <ul>
                {edits.map((edit) => (
                  <li key={edit}>{edit}</li>
                ))}
              </ul>
            </>
          )}
          <h2>Nodes that it touched</h2>
          {answer.touched.length === 0 ? <p class="soft">None: all that it looked at was fresh.</p> : null}
          <ul class="time-run-nodes">
            {shown?.map(({ ms, node, state, why }) => (
              <li key={node}>
                <span class={`time-state time-is-${state}`}>{stateWords[state]}</span>
                <a href={addressOf(of, "node", [node], { run })}>{node}</a>
                <span class="soft">{ms === undefined ? "" : duration(ms)}</span>
                <span class="time-why">{why.join("; ")}</span>
              </li>
            ))}
          </ul>
          {shown !== undefined && shown.length < answer.touched.length ? (
            <button type="button" onClick={() => (all.value = true)}>
              All {answer.touched.length} nodes
            </button>
          ) : null}
        </section>
      )}
    </>
  )
}
