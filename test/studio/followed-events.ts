import { Schema } from "effect"
import { type StudioEvent, StudioEvents } from "../../src/studio/messages/event.ts"
import type { Studio } from "./studio.ts"

const decode = Schema.decodeUnknownSync(StudioEvents)

/** What a studio tells its pages, as a page gets it. */
export class FollowedEvents {
  readonly events: Array<StudioEvent> = []
  readonly ids: Array<string> = []
  readonly #stop: AbortController
  #wake: () => void = () => {}

  private constructor(stop: AbortController) {
    this.#stop = stop
  }

  static async follow(studio: Studio): Promise<FollowedEvents> {
    const stop = new AbortController()
    const followed = new FollowedEvents(stop)
    const cookie = `sediment-studio-${new URL(studio.origin).port}=${studio.token}`
    const { body } = await fetch(`${studio.origin}/events`, { headers: { cookie }, signal: stop.signal })
    void followed.#read(body!).catch(() => {})
    while (followed.ids.length === 0) await new Promise((done) => setTimeout(done, 5))
    return followed
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = ""
    const decoder = new TextDecoder()
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true })
      const messages = text.split("\n\n")
      text = messages.pop()!
      for (const message of messages) {
        const [, id] = /^id: (\S+)$/m.exec(message) ?? []
        const [, data] = /^data: (.*)$/m.exec(message) ?? []
        if (id !== undefined) this.ids.push(id)
        if (data !== undefined) for (const event of decode(JSON.parse(data))) this.events.push(event)
      }
      this.#wake()
    }
  }

  /** Waits for the first event from `from` on that is as asked. */
  async until(is: (event: StudioEvent) => boolean, from = 0): Promise<StudioEvent> {
    const end = Date.now() + 60_000
    for (;;) {
      const found = this.events.slice(from).find(is)
      if (found !== undefined) return found
      if (Date.now() > end) throw new Error(`not told: ${JSON.stringify(this.events.slice(from))}`)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        setTimeout(resolve, 100)
      })
    }
  }

  close(): void {
    this.#stop.abort()
  }
}
