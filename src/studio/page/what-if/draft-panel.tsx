import { useSignal } from "@preact/signals"
import { AskFailure, ask } from "../ask.ts"
import { live } from "../live.ts"
import { addressOf, goTo } from "../route.ts"
import { FailureNote } from "../shell/failure.tsx"
import { useAnswer } from "../use-answer.ts"
import { draftData, draftKept, draftMessage, draftName, draftOf, draftParams, forgetDraft } from "./draft-state.ts"
import { Patch } from "./patch.tsx"
import { Plan } from "./plan.tsx"
import { settingText } from "./setting-text.ts"
import type { Checked, useCheck } from "./use-check.ts"

interface DraftPanelProps {
  readonly base: string
  /** The names of its branches. */
  readonly branches: ReadonlyArray<string>
  readonly check: ReturnType<typeof useCheck>
}

const Settings = ({ base, settings }: { readonly base: string; readonly settings: Checked["settings"] }) => (
  <ul class="what-if-settings">
    {settings.map((one) => {
      const { after, before } = settingText(one)
      return (
        <li key={`${one.of} ${one.path}`}>
          <a href={addressOf(base, "what-if", [], one.isData ? { data: one.of } : { node: one.of })}>
            {one.of}
            {one.path === "" ? "" : `.${one.path}`}
          </a>
          :{" "}
          {before === undefined ? null : (
            <>
              <s>{before}</s> →{" "}
            </>
          )}
          <strong>{after}</strong>
        </li>
      )
    })}
  </ul>
)

/** What is about to be other: a list of it, what it would run, and what can be done with it. */
export const DraftPanel = ({ base, branches, check }: DraftPanelProps) => {
  const { answer: studies } = useAnswer("studies", {}, ["studies"])
  const draft = draftOf(base)
  const { answer, failure, settled } = check
  const running = useSignal(false)
  const refused = useSignal<AskFailure | undefined>(undefined)
  const patchOf = useSignal<string | undefined>(undefined)
  const key = JSON.stringify(draftMessage(draft))
  const patch = useAnswer("what-if-patch", patchOf.value === key && answer?.faults.length === 0 ? { study: base, draft: draftMessage(draft) } : undefined, [
    "studies"
  ])
  const readOnly = studies?.readOnly ?? false
  const faults = answer?.faults ?? []
  const name = draft.name || (answer?.name ?? "")
  /** The draft is a branch already, and is to be called so. */
  const made = answer?.made != null && answer.name === name ? answer.made : undefined
  const isRunning = made !== undefined && [...live.value.runs.values()].some(({ studies: running }) => running.includes(made))
  const isDone = made !== undefined && answer?.plan?.nodes.length === 0
  const isTaken = settled && made === undefined && branches.includes(name) && draft.changes !== name
  /** The name that was ticked to be replaced: another one is asked about anew. */
  const replaceFor = useSignal<string | undefined>(undefined)
  const replace = isTaken && replaceFor.value === name
  // What is still being looked at may be run: the server looks at it again. A button that is off for a moment loses a click.
  const isWrong = settled && (failure !== undefined || faults.length > 0 || answer?.settings.length === 0)
  const canRun = !isWrong && !readOnly && !running.value && (!isTaken || replace)
  const run = async () => {
    running.value = true
    refused.value = undefined
    try {
      const { study } = await ask("what-if-keep", {
        study: base,
        name: draft.name || null,
        draft: draftMessage(draft),
        replace: replace || draft.changes === name
      })
      draftKept(base)
      replaceFor.value = undefined
      await ask("run", { study, nodes: [] })
      goTo(addressOf(base, "what-if", [], { branch: study }))
    } catch (error) {
      refused.value = error instanceof AskFailure ? error : new AskFailure([{ code: "run", message: String(error) }])
    }
    running.value = false
  }
  const takeBack = () => {
    for (const node of Object.keys(draft.params)) draftParams(base, node, undefined)
    for (const one of Object.keys(draft.data)) draftData(base, one, undefined)
    forgetDraft(base)
  }
  return (
    <section class="what-if-draft card" aria-label="what is changed">
      <h2>This what-if</h2>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {answer === undefined ? <p class="soft">…</p> : <Settings base={base} settings={answer.settings} />}
      {faults.length === 0 ? null : (
        <div class="failure" role="alert">
          <ul>
            {faults.map(({ message, of, path }) => (
              <li key={`${of} ${path} ${message}`}>
                {of === "" ? null : <strong>{path === "" ? of : `${of}.${path}`}: </strong>}
                {message}
              </li>
            ))}
          </ul>
        </div>
      )}
      {made !== undefined ? (
        <p role="status">
          It is the branch <a href={addressOf(base, "what-if", [], { branch: made })}>{made.slice(made.indexOf("@"))}</a>
          {isRunning
            ? ", which runs just now"
            : isDone
              ? ", which is up to date"
              : answer?.plan == null || answer.plan.cost === ""
                ? ""
                : `: ${answer.plan.cost}`}
          . What is changed from here on is another.
        </p>
      ) : answer?.plan == null ? null : (
        <Plan plan={answer.plan} command={answer.command} />
      )}
      {faults.length === 0 && settled && answer?.settings.length === 0 ? <p class="soft">All of it is as the study has it: there is nothing to run.</p> : null}
      <p class="what-if-choose">
        <label>
          Branch{" "}
          <input type="text" class="what-if-branch-name" spellcheck={false} value={name} onInput={(event) => draftName(base, event.currentTarget.value)} />
        </label>
        {isTaken ? (
          <label>
            <input type="checkbox" checked={replace} onChange={(event) => (replaceFor.value = event.currentTarget.checked ? name : undefined)} /> put it in the
            place of the @{name} that there is
          </label>
        ) : null}
        {isDone || isRunning ? null : (
          <button type="button" class="primary" disabled={!canRun} aria-describedby={readOnly ? "what-if-read-only" : undefined} onClick={run}>
            {running.value ? "Starting…" : "Run as a branch"}
          </button>
        )}
        <button type="button" disabled={faults.length > 0 || answer === undefined} onClick={() => (patchOf.value = key)}>
          Show the patch
        </button>
        <button type="button" onClick={takeBack}>
          Take back all
        </button>
      </p>
      {readOnly ? (
        <p id="what-if-read-only" class="soft">
          The studio was opened with --read-only: what would run is told, and nothing can be run from here.
        </p>
      ) : null}
      {refused.value === undefined ? null : <FailureNote failure={refused.value} />}
      {patchOf.value !== key ? null : patch.failure !== undefined ? (
        <FailureNote failure={patch.failure} />
      ) : patch.answer === undefined || patch.asking ? (
        <p class="soft">The patch is being made, and tested…</p>
      ) : (
        <Patch patch={patch.answer} />
      )}
    </section>
  )
}
