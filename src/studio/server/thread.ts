import { Worker } from "node:worker_threads"
import { Effect } from "effect"
import { refusal } from "./reply.ts"
import type { Beginning, FromThread, Outdated, Reply, ToThread } from "./thread-protocol.ts"

/** A thread that answers questions, started when the first is asked, and again after it broke. */
export class Thread {
  readonly #entry: URL
  readonly #beginning: Beginning
  readonly #onDecided: (paths: ReadonlyArray<string>) => void
  readonly #waiting = new Map<number, (reply: Reply) => void>()
  #looking: Array<(changed: boolean) => void> = []
  #worker: Worker | undefined
  #asked = 0

  /** `onDecided` is told which files decide the studies, when they are loaded, and when more of them are known. */
  constructor(entry: URL, beginning: Beginning, onDecided: (paths: ReadonlyArray<string>) => void = () => {}) {
    this.#entry = entry
    this.#beginning = beginning
    this.#onDecided = onDecided
  }

  /** Asks, and gives the reply as it is to be sent. */
  ask(name: string, asked: string): Effect.Effect<Reply> {
    return Effect.callback((resume) => {
      const id = this.#asked++
      this.#waiting.set(id, (reply) => resume(Effect.succeed(reply)))
      this.#send({ id, name, asked })
      return Effect.sync(() => {
        if (this.#waiting.delete(id)) this.#send({ takenBack: id })
      })
    })
  }

  /** Has it look whether what decides the studies is what it was when it loaded them; if not, it loads them anew. */
  get look(): Effect.Effect<boolean> {
    return Effect.callback((resume) => {
      if (this.#worker === undefined) resume(Effect.succeed(false))
      else {
        this.#looking.push((changed) => resume(Effect.succeed(changed)))
        this.#send({ look: true })
      }
    })
  }

  /** Tells that what it has loaded is no longer so. */
  outdated(what: Outdated): void {
    if (this.#worker !== undefined) this.#send({ outdated: what })
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #send(message: ToThread): void {
    this.#worker ??= this.#start()
    this.#worker.postMessage(message)
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { workerData: this.#beginning })
    worker.on("message", (message: FromThread) => {
      if ("decided" in message) return this.#onDecided(message.decided)
      if ("changed" in message) return this.#looking.shift()?.(message.changed)
      this.#waiting.get(message.id)?.(message)
      this.#waiting.delete(message.id)
    })
    let why = "it ended"
    worker.on("error", (error) => {
      why = error instanceof Error ? error.message : String(error)
    })
    worker.on("exit", () => {
      if (this.#worker === worker) this.#worker = undefined
      for (const resume of this.#looking) resume(false)
      this.#looking = []
      const reply = refusal(500, [
        { code: "thread", message: `what was asked broke the thread that answers (${why}); it is started again with the next question` }
      ])
      for (const resume of this.#waiting.values()) resume(reply)
      this.#waiting.clear()
    })
    return worker
  }
}
