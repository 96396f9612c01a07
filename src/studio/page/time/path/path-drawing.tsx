import { useRef } from "preact/hooks"
import type { Answer } from "../../../messages/questions.ts"
import type { MovedEstimate, PathStep } from "../../../messages/time/run-diff.ts"
import { addressOf } from "../../route.ts"
import { count } from "../../wording.ts"
import { EditMark, editColour } from "../diff/edit-mark.tsx"
import { type Pair, pairQuery } from "../diff/pair.ts"
import { outputName } from "../words.ts"
import { type Edge, PathEdges } from "./path-edges.tsx"

interface Props {
  readonly pair: Pair
  readonly path: Answer<"run-path">
  readonly target: { readonly node: string; readonly output?: string }
}

type Read = PathStep["reads"][number]

const ReadLine = ({ from, pair, read }: { readonly pair: Pair; readonly from: PathStep; readonly read: Read }) => (
  <li>
    reads{" "}
    {read.columns.map(({ after, at, before, cells, column }, i) => (
      <span key={column}>
        {i === 0 ? "" : "; "}
        <a href={addressOf(pair.study, "runs", [], { ...pairQuery(pair), node: from.one, open: from.one })}>{column}</a>
        {cells === 0 ? null : (
          <span class="soft">
            {" "}
            ({count(cells, "cell")}
            {at === "" ? "" : `, ${cells === 1 ? "" : "most "}at ${at}`}: <span class="time-number">{before}</span> → <span class="time-number">{after}</span>)
          </span>
        )}
      </span>
    ))}
    {read.inAll > read.columns.length ? ` and ${count(read.inAll - read.columns.length, "more column")}` : ""} of {from.node}
  </li>
)

const StepCard = ({ pair, position, step, steps }: { pair: Pair; step: PathStep; steps: ReadonlyArray<PathStep>; position: number }) => (
  <li class="time-card" data-card={`step ${position}`}>
    <p class="time-card-head">
      <a href={step.nodes === 1 ? addressOf(pair.study, "node", [step.one]) : addressOf(pair.study, "graph", [], { node: step.one })}>{step.node}</a>
      {step.nodes === 1 ? null : <span class="soft"> {step.nodes} nodes</span>}
      <span class="soft"> {step.stage}</span>
    </p>
    <ul class="time-reads">
      {step.own.map((edit) => (
        <li key={`edit ${edit}`}>
          touched by edit <EditMark edit={edit} />
        </li>
      ))}
      {step.reads.map((read) => (
        <ReadLine key={read.step} pair={pair} from={steps[read.step]!} read={read} />
      ))}
    </ul>
    <p class="time-card-foot soft" title={step.differs}>
      {step.differs}
    </p>
  </li>
)

const movedInWords = (moved: number | null): string => {
  if (moved === null) return ""
  if (moved === 0) return "it did not move itself; what is told of it did"
  return `moved by ${Math.abs(moved) < 0.0005 ? "less than 0.001" : moved.toFixed(3)} standard errors`
}

const EndCard = ({ end, pair, target }: { readonly end: MovedEstimate; readonly pair: Pair; readonly target: Props["target"] }) => (
  <li class="time-card time-card-end" data-card="end">
    <p class="time-card-head">
      <strong>{end.of}</strong> <span class="soft">{outputName(end.node, end.output === "coefficients" ? "output" : end.output)}</span>
    </p>
    <p class="time-before-after">
      <span class="time-number">{end.beforeText}</span> → <span class="time-number">{end.afterText}</span>
    </p>
    <p class="soft">
      {movedInWords(end.moved)}
      {end.remark === "" ? "" : `; ${end.remark}`}
    </p>
    <p>
      <a
        href={addressOf(pair.study, "runs", ["trace"], {
          node: target.node,
          ...(target.output === undefined ? {} : { output: target.output }),
          term: end.term
        })}
      >
        The cells that it rests on
      </a>
    </p>
  </li>
)

const edgesOf = ({ edits, end, steps }: Props["path"], lastStep: number): ReadonlyArray<Edge> => [
  ...edits.flatMap((_, i) => steps.flatMap((step, at) => (step.own.includes(i) ? [{ from: `edit ${i}`, to: `step ${at}`, colour: editColour([i]) }] : []))),
  ...steps.flatMap((step, at) => step.reads.map((read) => ({ from: `step ${read.step}`, to: `step ${at}`, colour: editColour(steps[read.step]!.rests) }))),
  ...(end === null ? [] : [{ from: `step ${lastStep}`, to: "end", colour: editColour(steps[lastStep]?.rests ?? []) }])
]

/** The path as a DAG: edits first, then what rests on them, step by step; one below the other where there is little room. */
export const PathDrawing = ({ pair, path, target }: Props) => {
  const drawing = useRef<HTMLDivElement>(null)
  const { edits, end, steps } = path
  const ranks = Math.max(-1, ...steps.map(({ rank }) => rank)) + 1
  const lastStep = steps.findIndex(({ one }) => one === target.node)
  return (
    <section class="time-path-scroll" aria-label="path, from the edits to the result">
      <div class="time-path" ref={drawing}>
        <PathEdges drawing={drawing} edges={edgesOf(path, lastStep)} version={JSON.stringify(path)} />
        <ol class="time-rank" aria-label="edits">
          {edits.map((edit, i) => (
            <li key={edit.text} class="time-card time-card-edit" data-card={`edit ${i}`}>
              <p>
                <EditMark edit={i} /> <span class="time-kind">{edit.kind}</span>
              </p>
              <p>{edit.text}</p>
              {edit.cells === undefined ? null : <p class="soft">{edit.cells}</p>}
            </li>
          ))}
        </ol>
        {Array.from({ length: ranks }, (_, rank) => (
          <ol key={rank} class="time-rank" aria-label={`step ${rank + 1}`}>
            {steps.map((step, position) =>
              step.rank === rank ? <StepCard key={step.node} pair={pair} step={step} steps={steps} position={position} /> : null
            )}
          </ol>
        ))}
        {end === null ? null : (
          <ol class="time-rank" aria-label="estimate">
            <EndCard pair={pair} end={end} target={target} />
          </ol>
        )}
      </div>
    </section>
  )
}
