/** What the server tells unasked: whoever rests on it listens, or counts on a signal that goes up with every change. */
import { signal } from "@preact/signals"
import { Schema } from "effect"
import { StudioEvent } from "../messages/event.ts"

/** Goes up when the studies, or the store, are not what they were: what was asked before may be answered otherwise now. */
export const changes = { studies: signal(0), store: signal(0) }

/** Whether events come in. */
export const connected = signal(false)

const listeners = new Set<(event: StudioEvent) => void>()
/** Calls back with every event, until what it returns is called. */
export const listen = (listener: (event: StudioEvent) => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const decode = Schema.decodeUnknownSync(StudioEvent)

/** Begins to follow the server. */
export const follow = (): void => {
  const source = new EventSource("/events")
  let before = false
  source.onopen = () => {
    connected.value = true
    // What happened while nobody listened is not told again.
    if (before) for (const one of Object.values(changes)) one.value++
    before = true
  }
  source.onerror = () => {
    connected.value = false
  }
  source.onmessage = ({ data }) => {
    const event = decode(JSON.parse(String(data)))
    if (event.event === "changed") changes[event.what].value++
    for (const listener of listeners) listener(event)
  }
}
