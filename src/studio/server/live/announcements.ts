import { randomBytes } from "node:crypto"
import { Effect, PubSub, Schema, type Scope, Stream } from "effect"
import { type StudioEvent, StudioEvents } from "../../messages/event.ts"

/** A message that was sent, as the page reads it. */
export interface Announcement {
  /** Which studio this is, and a number that goes up by one a message: whoever misses one has fallen behind. */
  readonly id: string
  readonly body: string
}

/** What happens within this time is told together: a run may settle ten thousand nodes in a second. */
const TOGETHER_MS = 30

const encode = Schema.encodeSync(StudioEvents)

/** What every page that is open is told. The first event after a silence goes out at once, those that follow on its heels together. */
export class Announcements {
  readonly #messages: PubSub.PubSub<Announcement>
  readonly #studio = randomBytes(6).toString("base64url")
  #sent = 0
  #waiting: Array<StudioEvent> = []
  #timer: NodeJS.Timeout | undefined

  private constructor(messages: PubSub.PubSub<Announcement>) {
    this.#messages = messages
  }

  /** A page that does not keep up loses the oldest messages, and sees by their numbers that it did. */
  static readonly make: Effect.Effect<Announcements, never, Scope.Scope> = Effect.acquireRelease(
    Effect.map(PubSub.sliding<Announcement>(256), (messages) => new Announcements(messages)),
    (announcements) => Effect.sync(() => clearTimeout(announcements.#timer))
  )

  tell(events: ReadonlyArray<StudioEvent>): void {
    if (events.length === 0) return
    for (const event of events) this.#waiting.push(event)
    if (this.#timer === undefined) this.#send()
  }

  /** A message to begin with, and every one after it. */
  get subscribe() {
    return Effect.map(PubSub.subscribe(this.#messages), (subscription) => ({
      first: { id: this.#id, body: "[]" } satisfies Announcement,
      following: Stream.fromSubscription(subscription)
    }))
  }

  /** Sends what waits, and gives the number of the last message. */
  flush(): number {
    if (this.#waiting.length > 0) this.#send()
    return this.#sent
  }

  get #id(): string {
    return `${this.#studio}-${this.#sent}`
  }

  #send(): void {
    const events = this.#waiting
    this.#waiting = []
    this.#sent++
    PubSub.publishUnsafe(this.#messages, { id: this.#id, body: JSON.stringify(encode(events)) })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#waiting.length > 0) this.#send()
    }, TOGETHER_MS)
  }
}
