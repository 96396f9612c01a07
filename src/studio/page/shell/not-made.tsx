import type { ComponentChildren } from "preact"
import type { AskFailure } from "../ask.ts"
import { live } from "../live.ts"
import { useAnswer } from "../use-answer.ts"
import { FailureNote } from "./failure.tsx"
import { RunNote, useRun } from "./use-run.tsx"

interface NotMadeProps {
  readonly study: string
  /** What is run, with what that rests on; none for the whole study. */
  readonly nodes: ReadonlyArray<string>
}

/** What to do where something has not been made, is lost or is that of before: run it. What comes of it is seen by whoever asked for what is missing. */
export const RunToMake = ({ nodes, study }: NotMadeProps) => {
  const { answer } = useAnswer("studies", {}, ["studies"])
  const running = useRun(study)
  const goesOn = [...live.value.runs.values()].some(({ studies }) => studies.includes(study))
  if (answer === undefined) return null
  if (answer.readOnly) return <p class="soft">The studio was opened with --read-only: it runs nothing.</p>
  return (
    <>
      <p>
        <button type="button" disabled={running.asking || goesOn} onClick={() => void running.run(nodes)}>
          {goesOn ? "a run goes on…" : nodes.length === 0 ? "Run the study" : `Run ${nodes.join(", ")}`}
        </button>
      </p>
      <RunNote running={running} />
    </>
  )
}

/** Says what has not been made, and runs it on asking. */
export const NotMade = ({ children, ...made }: NotMadeProps & { readonly children: ComponentChildren }) => (
  <div class="card">
    <p>{children}</p>
    <RunToMake {...made} />
  </div>
)

/** What is wrong where an artifact is not there, and a run makes it (`workspace/artifact.ts`). */
const MADE_BY_A_RUN: ReadonlySet<string> = new Set(["never-ran", "ObjectMissing", "ObjectDamaged"])

/** What is wrong with asking for what a node made; where a run of the node mends that, with the way to it. */
export const ArtifactFailure = ({ failure, node, study }: { readonly failure: AskFailure; readonly study: string; readonly node: string }) => (
  <>
    <FailureNote failure={failure} />
    {failure.errors.some(({ code }) => MADE_BY_A_RUN.has(code)) ? <RunToMake study={study} nodes={[node]} /> : null}
  </>
)
