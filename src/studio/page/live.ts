/** What the server tells unasked, as signals. */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals"
import { Schema } from "effect"
import { type StudioEvent, StudioEvents } from "../messages/event.ts"
import { ask } from "./ask.ts"
import { afterEvents, type LiveNode, type LiveState, NOTHING_UNDERWAY, withoutFinished, withUnderway } from "./live-runs.ts"

/** Goes up when the studies, or the store, are not what they were: what was asked before may be answered otherwise now. */
export const changes = { studies: signal(0), store: signal(0) }

/** Whether events come in. */
export const connected = signal(false)

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

const decode = Schema.decodeUnknownSync(StudioEvents)

/** Asks which runs go on; events that came in meanwhile are taken up after it, since it knows them or not. */
const learnUnderway = async (): Promise<void> => {
  try {
    const { now, runs } = await ask("underway", {})
    ahead.value = now - Date.now()
    live.value = withUnderway(live.peek(), runs)
  } catch {
    // Not answered: the connection is away, and it is asked again when that comes back.
  }
}

const take = (events: ReadonlyArray<StudioEvent>): void =>
  batch(() => {
    live.value = afterEvents(live.peek(), events)
    for (const event of events) if (event.event === "changed") changes[event.what].value++
  })

/** Begins to follow the server. */
export const follow = (): void => {
  const source = new EventSource("/events")
  let last: number | undefined
  let before = false
  source.onopen = () => {
    connected.value = true
    last = undefined
  }
  source.onerror = () => {
    connected.value = false
  }
  source.onmessage = ({ data, lastEventId }) => {
    const id = Number(lastEventId)
    // At the beginning, and where messages were missed, all is asked: what happened meanwhile is not told again.
    if (last === undefined || id > last + 1) {
      void learnUnderway()
      if (before) for (const one of Object.values(changes)) one.value++
      before = true
    }
    last = id
    take(decode(JSON.parse(String(data))))
  }
}
