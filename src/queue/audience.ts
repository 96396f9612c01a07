import type { Redis } from "ioredis"
import type { Build } from "./names.ts"
import { type Presence, whoListens } from "./presence.ts"
import type { StoreName } from "./store-name.ts"

/** The workers that listen to a queue, as they were last looked for. */
export class Audience {
  #listening: ReadonlyArray<Presence> = []
  #others: ReadonlyArray<string> = []
  #looked = false
  #toldOfNone = false

  /** Whether it was looked at all. */
  get isKnown(): boolean {
    return this.#looked
  }

  /** How many tasks they execute at a time. */
  get slots(): number {
    return this.#listening.reduce((sum, { slots }) => sum + slots, 0)
  }

  async look(redis: Redis, queue: string): Promise<void> {
    const all = await whoListens(redis)
    this.#listening = all.filter((one) => one.queue === queue)
    this.#others = [...new Set(all.filter((one) => one.queue !== queue).map(({ build, store }) => `${build} with ${store}`))]
    this.#looked = true
    if (this.#listening.length > 0) this.#toldOfNone = false
  }

  /** Tells where nobody listens, once until somebody does. */
  tellOfNone(build: Build, store: StoreName, toStart: string, tell: (sentence: string) => void): void {
    if (this.#listening.length > 0 || this.#toldOfNone) return
    this.#toldOfNone = true
    const others = this.#others.length === 0 ? "" : ` (those that do: ${this.#others.join("; ")})`
    tell(`no worker listens for ${build.inWords} with ${store.inWords}${others}: it is waited for; to start one: ${toStart}`)
  }
}
