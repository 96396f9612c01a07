/** What the server tells unasked, as signals. */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals"
import { Schema } from "effect"
import { type StudioEvent, StudioEvents } from "../messages/event.ts"
import { ask } from "./ask.ts"
import { afterEvents, type LiveNode, type LiveState, NOTHING_UNDERWAY, withoutFailure, withoutFinished, withUnderway } from "./live-runs.ts"

/** Goes up when the studies, or the store, are not what they were: what was asked before may be answered otherwise now. */
export const changes = { studies: signal(0), store: signal(0) }

/** Whether events come in; "refused": the studio that answers here now is one that this page was not opened from. */
export const connection = signal<"live" | "away" | "refused">("away")

/** What goes on. */
export const live = signal<LiveState>(NOTHING_UNDERWAY)

/** Milliseconds by which the clock of the studio's machine is ahead of this one's. */
const ahead = signal(0)
/** The time now by the clock of the studio's machine: the moments of events are of that. */
export const serverNow = (): number => Date.now() + ahead.value

const NO_NODES: ReadonlyMap<string, LiveNode> = new Map()
const ofStudies = new Map<string, ReadonlySignal<ReadonlyMap<string, LiveNode>>>()
/**
 * The nodes of a study that run, or that a run has settled, as they are now: what is asked of the studies and the store is older for as long as it goes on. What a
 * finished run has settled stays until `forgetFinished`.
 */
export const liveNodes = (study: string): ReadonlySignal<ReadonlyMap<string, LiveNode>> => {
  let own = ofStudies.get(study)
  if (own === undefined) ofStudies.set(study, (own = computed(() => live.value.nodes.get(study) ?? NO_NODES)))
  return own
}

/** An answer that was asked for after the last run ended has come: what that left needs to be known no more. */
export const forgetFinished = (): void => {
  live.value = withoutFinished(live.peek())
}

/** What runs have left that ended is shown until somebody has seen it. */
export const dismissEnded = (): void => {
  live.value = { ...live.peek(), ended: undefined }
}

/** A node that failed in the last run is mended: run again, or as it was before. */
export const mended = (study: string, node: string): void => {
  live.value = withoutFailure(live.peek(), study, node)
}

const decode = Schema.decodeUnknownSync(StudioEvents)

/** Messages that came while it was asked which runs go on. */
let meanwhile: Array<{ readonly number: number; readonly events: ReadonlyArray<StudioEvent> }> | undefined

/** Asks which runs go on. What came in meanwhile is taken up after that, where the answer does not know it. */
const learnUnderway = async (): Promise<void> => {
  const waiting: NonNullable<typeof meanwhile> = []
  meanwhile = waiting
  let known = 0
  try {
    const { now, runs, told } = await ask("underway", {})
    // It was asked again since.
    if (meanwhile !== waiting) return
    ahead.value = now - Date.now()
    live.value = withUnderway(live.peek(), runs)
    known = told
  } catch {
    // The connection is away: it is asked again when that comes back.
  }
  if (meanwhile !== waiting) return
  meanwhile = undefined
  live.value = afterEvents(
    live.peek(),
    waiting.flatMap(({ events, number }) => (number > known ? events : []))
  )
}

const take = (number: number, events: ReadonlyArray<StudioEvent>): void =>
  batch(() => {
    if (meanwhile === undefined) live.value = afterEvents(live.peek(), events)
    else meanwhile.push({ number, events })
    for (const event of events) if (event.event === "changed") changes[event.what].value++
  })

/** A browser has few connections to one server for all its windows: one that has not been seen for so long gives its own up. */
const UNSEEN_MS = 10_000

/** After a refusal it is tried again: where its address is opened in another window, this one is let in too. */
const AGAIN_MS = 3_000

/** Begins to follow the server, whenever the page is seen. */
export const follow = (): void => {
  let source: EventSource | undefined
  let closing: ReturnType<typeof setTimeout> | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  /** The studio that told the last message, and the message's number. */
  let last: { readonly studio: string; readonly number: number } | undefined
  const connect = () => {
    source = new EventSource("/events")
    let isFirst = true
    source.onopen = () => {
      connection.value = "live"
      isFirst = true
    }
    source.onerror = () => {
      // A server that is away is tried again by the browser; after a refusal it gives up.
      const refused = source?.readyState === EventSource.CLOSED
      connection.value = refused ? "refused" : "away"
      if (refused) again = setTimeout(connect, AGAIN_MS)
    }
    source.onmessage = ({ data, lastEventId }) => {
      const at = lastEventId.lastIndexOf("-")
      const [studio, number] = [lastEventId.slice(0, at), Number(lastEventId.slice(at + 1))]
      const follows = last !== undefined && studio === last.studio && number === last.number + (isFirst ? 0 : 1)
      // At the beginning, and where messages were missed, all is asked: what happened meanwhile is not told again.
      if (!follows) {
        void learnUnderway()
        if (last !== undefined) for (const one of Object.values(changes)) one.value++
      }
      isFirst = false
      last = { studio, number }
      take(number, decode(JSON.parse(String(data))))
    }
  }
  const seen = () => {
    clearTimeout(closing)
    if (document.visibilityState === "visible") {
      if (source === undefined) connect()
    } else
      closing = setTimeout(() => {
        clearTimeout(again)
        source?.close()
        source = undefined
      }, UNSEEN_MS)
  }
  document.addEventListener("visibilitychange", seen)
  seen()
}
