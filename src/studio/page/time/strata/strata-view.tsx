import { useEffect, useRef } from "preact/hooks"
import type { Answer } from "../../../messages/questions.ts"
import type { Only } from "../../../messages/time/strata.ts"
import { addressOf, goTo } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { count } from "../../wording.ts"
import { narrow } from "../narrow.ts"
import { Legend } from "./bands.tsx"
import { OnlyChoice, onlyIn } from "./only-choice.tsx"
import { PickBar } from "./pick-bar.tsx"
import { StratumRow } from "./stratum-row.tsx"
import { Underway } from "./underway.tsx"
import { useChunksInSight } from "./use-chunks-in-sight.ts"

/** Runs asked for at a time. */
const CHUNK = 40
const HEIGHT = { wide: 84, narrow: 142 }

interface Asked {
  readonly study: string
  readonly only: Only
}

interface RowsProps extends Asked {
  readonly answer: Answer<"strata"> | undefined
  readonly from: number
  readonly height: number
}

const Rows = ({ answer, from, height, study }: RowsProps) => (
  <>
    {answer?.runs.map((one, i) => (
      <StratumRow key={`${one.run} ${one.study}`} study={study} one={one} position={from + i} total={answer.total} height={height} />
    ))}
  </>
)

/** So many runs, asked for when they come into sight. */
const Chunk = ({ from, height, only, study }: Omit<RowsProps, "answer">) => {
  const { answer, failure } = useAnswer("strata", { study, only, from, count: CHUNK }, ["store"])
  if (failure === undefined) return <Rows answer={answer} study={study} only={only} from={from} height={height} />
  return (
    <li class="time-stratum" style={{ top: `${from * height}px` }}>
      <FailureNote failure={failure} />
    </li>
  )
}

/** Runs as a list of which only those in sight are in the page; the arrow keys go through all of them. */
const Strata = ({ first, only, study }: Asked & { readonly first: Answer<"strata"> }) => {
  const list = useRef<HTMLOListElement>(null)
  /** To which run the focus goes once it is in the page. */
  const wanted = useRef<number | undefined>(undefined)
  const height = narrow.value ? HEIGHT.narrow : HEIGHT.wide
  const { total } = first
  const chunks = useChunksInSight(list, height * CHUNK, Math.ceil(total / CHUNK))
  const focus = (position: number): boolean => {
    const box = list.current?.querySelector<HTMLInputElement>(`[data-position="${position}"]`)
    box?.focus()
    box?.scrollIntoView({ block: "nearest" })
    return box !== null && box !== undefined
  }
  useEffect(() => {
    const element = list.current
    if (element === null) return
    // Rows come with answers, at any time.
    const observer = new MutationObserver(() => {
      if (wanted.current !== undefined && focus(wanted.current)) wanted.current = undefined
    })
    observer.observe(element, { childList: true })
    return () => observer.disconnect()
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    const at = Number((event.target as HTMLElement).dataset["position"] ?? Number.NaN)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: total - 1, PageDown: Math.min(total - 1, at + 10), PageUp: Math.max(0, at - 10) }[event.key]
    if (to === undefined || Number.isNaN(to) || to < 0 || to >= total) return
    event.preventDefault()
    if (focus(to)) return
    wanted.current = to
    scrollTo({ top: scrollY + list.current!.getBoundingClientRect().top + to * height - innerHeight / 2 })
  }
  return (
    <ol ref={list} class="time-strata" style={{ height: `${total * height}px` }} onKeyDown={onKeyDown}>
      {chunks.map((i) =>
        i === 0 ? (
          <Rows key={0} answer={first} study={study} only={only} from={0} height={height} />
        ) : (
          <Chunk key={i} study={study} only={only} from={i * CHUNK} height={height} />
        )
      )}
    </ol>
  )
}

/** Runs, newest on top. */
export const StrataView = ({ query, study }: { readonly study: string; readonly query: Readonly<Record<string, string>> }) => {
  const only = onlyIn(query)
  const { answer, failure } = useAnswer("strata", { study, only, from: 0, count: CHUNK }, ["store"])
  if (answer === undefined) return failure === undefined ? <p class="soft">Reading the runs…</p> : <FailureNote failure={failure} />
  if (answer.inAll === 0)
    return (
      <section>
        <h1 id="time-title">No run yet</h1>
        <Underway study={study} />
        <p>
          No run of {study} is recorded: <code>sediment run</code>, or Run in <a href={addressOf(study, "graph")}>the DAG</a>, makes one.
        </p>
      </section>
    )
  return (
    <section aria-labelledby="time-title">
      <div class="time-strata-head">
        <h1 id="time-title">{answer.total === answer.inAll ? count(answer.total, "run") : `${answer.total} of ${count(answer.inAll, "run")}`}</h1>
        <OnlyChoice only={only} choose={(to) => goTo(addressOf(study, "runs", [], to === "all" ? {} : { only: to }))} />
      </div>
      {failure === undefined ? null : <FailureNote about="What is shown is what was there before:" failure={failure} />}
      <Legend />
      <PickBar study={study} />
      <Underway study={study} />
      {answer.total === 0 ? <p>No run is of these.</p> : <Strata key={only} study={study} only={only} first={answer} />}
    </section>
  )
}
