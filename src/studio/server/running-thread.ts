import { Worker } from "node:worker_threads"
import { Effect } from "effect"
import { refusal } from "./reply.ts"
import type { Beginning, FromThread, Outdated, Reply, ToThread } from "./thread-protocol.ts"

export interface ThreadListener {
  /** Is told which files decide the studies, when they are loaded, and when more of them are known. */
  readonly decided: (paths: ReadonlyArray<string>) => void
  /** It has loaded the studies so often that another thread had better take its place. */
  readonly worn: () => void
  readonly ended: () => void
}

/** A thread that answers questions, until it ends or breaks. */
export class RunningThread {
  readonly #worker: Worker
  readonly #waiting = new Map<number, (reply: Reply) => void>()
  #looking: Array<(changed: boolean) => void> = []
  #asked = 0
  #leaving = false

  constructor(entry: URL, beginning: Beginning, listener: ThreadListener) {
    const worker = new Worker(entry, { workerData: beginning })
    this.#worker = worker
    worker.on("message", (message: FromThread) => {
      if ("decided" in message) listener.decided(message.decided)
      else if ("changed" in message) this.#looking.shift()?.(message.changed)
      else if ("worn" in message) listener.worn()
      else this.#replied(message.id, message)
    })
    let why = "it ended"
    worker.on("error", (error) => {
      why = error instanceof Error ? error.message : String(error)
    })
    worker.on("exit", () => {
      listener.ended()
      for (const resume of this.#looking) resume(false)
      this.#looking = []
      const reply = refusal(500, [
        { code: "thread", message: `what was asked broke the thread that answers (${why}); it is started again with the next question` }
      ])
      for (const id of this.#waiting.keys()) this.#replied(id, reply)
    })
  }

  /** Asks, and gives the reply as it is to be sent. */
  ask(name: string, asked: string): Effect.Effect<Reply> {
    return Effect.callback((resume) => {
      const id = this.#asked++
      this.#waiting.set(id, (reply) => resume(Effect.succeed(reply)))
      this.#send({ id, name, asked })
      return Effect.sync(() => {
        if (this.#waiting.delete(id)) this.#send({ takenBack: id })
        this.#endIfLeft()
      })
    })
  }

  /** Has it look whether what decides the studies is what it was when it loaded them; if not, it loads them anew. */
  get look(): Effect.Effect<boolean> {
    return Effect.callback((resume) => {
      this.#looking.push((changed) => resume(Effect.succeed(changed)))
      this.#send({ look: true })
    })
  }

  /** Tells that what it has loaded is no longer so. */
  outdated(what: Outdated): void {
    this.#send({ outdated: what })
  }

  /** Ends it when everybody has got an answer. */
  leave(): void {
    this.#leaving = true
    this.#endIfLeft()
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #send(message: ToThread): void {
    this.#worker.postMessage(message)
  }

  #replied(id: number, reply: Reply): void {
    this.#waiting.get(id)?.(reply)
    this.#waiting.delete(id)
    this.#endIfLeft()
  }

  #endIfLeft(): void {
    if (this.#leaving && this.#waiting.size === 0) void this.#worker.terminate()
  }
}
