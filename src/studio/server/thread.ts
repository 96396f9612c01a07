import { Effect } from "effect"
import { readReply } from "../messages/question.ts"
import { questionNamed } from "../messages/questions.ts"
import { RunningThread } from "./running-thread.ts"
import type { Beginning, Outdated, Reply } from "./thread-protocol.ts"

export interface ThreadOptions {
  /** The built file that a thread begins with. */
  readonly entry: URL
  readonly beginning: Beginning
  /** Is told which files decide the studies, when they are loaded, and when more of them are known. */
  readonly decided?: (paths: ReadonlyArray<string>) => void
  /** Is told that another thread has taken the place of one: what happened meanwhile neither of them may have told. */
  readonly renewed?: () => void
}

/** What answers questions: a thread that is started when the first is asked, and again after it broke. One that is worn by many loads is left for a new one when that is ready. */
export class Thread {
  readonly #options: ThreadOptions
  #running: RunningThread | undefined
  #next: RunningThread | undefined

  constructor(options: ThreadOptions) {
    this.#options = options
  }

  /** Asks, and gives the reply as it is to be sent. */
  ask(name: string, asked: string): Effect.Effect<Reply> {
    return Effect.suspend(() => (this.#running ??= this.#start()).ask(name, asked))
  }

  /** Has it look whether what decides the studies is what it was when it loaded them; if not, it loads them anew. */
  readonly look: Effect.Effect<boolean> = Effect.suspend(() => this.#running?.look ?? Effect.succeed(false))

  /** Tells that what it has loaded is no longer so. */
  outdated(what: Outdated): void {
    for (const one of [this.#running, this.#next]) one?.outdated(what)
  }

  async close(): Promise<void> {
    await Promise.all([this.#running?.close(), this.#next?.close()])
  }

  #start(): RunningThread {
    const { beginning, decided = () => {}, entry } = this.#options
    const started: RunningThread = new RunningThread(entry, beginning, {
      decided,
      worn: () => {
        if (this.#running === started && this.#next === undefined) this.#renew()
      },
      ended: () => {
        if (this.#running === started) this.#running = undefined
        if (this.#next === started) this.#next = undefined
      }
    })
    return started
  }

  #renew(): void {
    const next = this.#start()
    this.#next = next
    // It is ready when it has loaded the studies. Where they cannot be read just now it would know of none to go on with: it is tried again later.
    Effect.runFork(
      Effect.map(next.ask("studies", "{}"), ({ body }) => {
        // It broke, or this is over.
        if (this.#next !== next) return
        this.#next = undefined
        if ("errors" in readReply(questionNamed("studies")!, body)) return void next.close()
        this.#running?.leave()
        this.#running = next
        next.outdated("store")
        this.#options.renewed?.()
      })
    )
  }
}
