import { useSignal } from "@preact/signals"
import { useEffect, useRef } from "preact/hooks"
import { addressOf } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { narrow } from "../narrow.ts"
import { count } from "../words.ts"
import { Legend } from "./bands.tsx"
import { clearPicks, comparison, picksOf } from "./picks.ts"
import { StratumRow } from "./stratum-row.tsx"
import { Underway } from "./underway.tsx"

/** Runs asked for at a time. */
const CHUNK = 40
const HEIGHT = { wide: 84, narrow: 142 }

interface ChunkProps {
  readonly study: string
  readonly from: number
  readonly height: number
}

/** So many runs, asked for when they come into sight. */
const Chunk = ({ from, height, study }: ChunkProps) => {
  const { answer, failure } = useAnswer("strata", { study, from, count: CHUNK }, ["store"])
  if (failure !== undefined) return <FailureNote failure={failure} />
  return (
    <>
      {answer?.runs.map((one, i) => (
        <StratumRow key={`${one.run} ${one.study}`} study={study} one={one} position={from + i} total={answer.total} height={height} />
      ))}
    </>
  )
}

const PickBar = ({ study }: { readonly study: string }) => {
  const picks = picksOf(study)
  const address = comparison(study)
  return (
    <div class="time-pick-bar" role="status">
      {picks.length === 0 ? (
        <span class="soft">
          Tick two runs to compare them, or see <a href={addressOf(study, "runs", ["diff"])}>what the last change did</a>.
        </span>
      ) : address === undefined ? (
        <span>
          One run is picked: tick another, or compare it with <a href={addressOf(study, "runs", [], { from: picks[0]!.reference, to: "latest" })}>the latest</a>
          .
        </span>
      ) : (
        <a class="time-compare" href={address}>
          Compare the two runs
        </a>
      )}
      {picks.length === 0 ? null : (
        <button type="button" onClick={clearPicks}>
          Clear
        </button>
      )}
    </div>
  )
}

/** Runs, newest on top; only those in sight are in the page. */
export const StrataView = ({ study }: { readonly study: string }) => {
  const { answer, failure } = useAnswer("strata", { study, from: 0, count: CHUNK }, ["store"])
  const list = useRef<HTMLOListElement>(null)
  const seen = useSignal({ first: 0, last: 0 })
  const wanted = useRef<number | undefined>(undefined)
  const height = narrow.value ? HEIGHT.narrow : HEIGHT.wide
  const total = answer?.total ?? 0
  useEffect(() => {
    const look = () => {
      const top = -(list.current?.getBoundingClientRect().top ?? 0)
      const [first, last] = [Math.max(0, Math.floor(top / height / CHUNK)), Math.max(0, Math.floor((top + innerHeight) / height / CHUNK))]
      const { first: before, last: until } = seen.peek()
      if (before !== first || until !== last) seen.value = { first, last }
    }
    look()
    addEventListener("scroll", look, { passive: true })
    addEventListener("resize", look)
    return () => {
      removeEventListener("scroll", look)
      removeEventListener("resize", look)
    }
  }, [height, total])
  const focus = (position: number): boolean => {
    const box = list.current?.querySelector<HTMLInputElement>(`[data-position="${position}"]`)
    box?.focus()
    box?.scrollIntoView({ block: "nearest" })
    return box !== null && box !== undefined
  }
  useEffect(() => {
    if (wanted.current !== undefined && focus(wanted.current)) wanted.current = undefined
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const at = Number((event.target as HTMLElement).dataset["position"] ?? Number.NaN)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: total - 1, PageDown: Math.min(total - 1, at + 10), PageUp: Math.max(0, at - 10) }[event.key]
    if (to === undefined || Number.isNaN(to) || to < 0 || to >= total) return
    event.preventDefault()
    if (focus(to)) return
    // It is not in the page yet: it will be, once it is in sight.
    wanted.current = to
    scrollTo({ top: scrollY + list.current!.getBoundingClientRect().top + to * height - innerHeight / 2 })
  }
  if (failure !== undefined && answer === undefined) return <FailureNote failure={failure} />
  if (answer === undefined) return <p class="soft">Reading the runs…</p>
  if (total === 0)
    return (
      <p>
        No run of {study} is recorded yet: <code>sediment run</code>, or Run in <a href={addressOf(study, "graph")}>the DAG</a>, makes one.
      </p>
    )
  const chunks = Array.from({ length: seen.value.last - seen.value.first + 1 }, (_, i) => seen.value.first + i).filter((i) => i * CHUNK < total)
  return (
    <section aria-labelledby="time-title">
      <h1 id="time-title">{count(total, "run")}</h1>
      <Legend />
      <PickBar study={study} />
      <Underway study={study} />
      <ol ref={list} class="time-strata" style={{ height: `${total * height}px` }} onKeyDown={onKeyDown}>
        {chunks.map((i) => (
          <Chunk key={i} study={study} from={i * CHUNK} height={height} />
        ))}
      </ol>
    </section>
  )
}
