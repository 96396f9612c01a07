/** The entry of a thread that answers questions: it has the studies loaded and the store read, and loads and reads them anew when it is told that they changed. */
import { parentPort, workerData } from "node:worker_threads"
import { Effect, Exit, Layer } from "effect"
import type { Installation } from "../../engine/study.ts"
import { runName } from "../../store/runs.ts"
import { cacheOf } from "../../workspace/cache-folder.ts"
import { type CliFailure, usage } from "../../workspace/failure.ts"
import { storeOf } from "../../workspace/workspace.ts"
import { questionNamed } from "../messages/questions.ts"
import type { Known } from "./answer.ts"
import { answers } from "./answers/all.ts"
import { LoadedStudies } from "./loaded-studies.ts"
import { replyTo } from "./reply.ts"
import { InUse } from "./store-in-use.ts"
import { Studies } from "./studies.ts"
import type { Beginning, FromThread, ToThread } from "./thread-protocol.ts"

const port = parentPort!
const beginning = workerData as Beginning
const beside = (file: string) => new URL(file, beginning.cli)
const installation: Installation = {
  cli: new URL(beginning.cli),
  effect: beside("effect.mjs"),
  framework: beside("framework.mjs"),
  worker: beside("worker.mjs")
}
/** A module that was imported stays in memory, 12 MB with a study of 300 nodes, and each edit makes one. */
const MOST_IMPORTS = 40
const cache = cacheOf(beginning.flags)
const say = (message: FromThread) => port.postMessage(message)

const loaded = new LoadedStudies(beginning.flags, installation)
const studies = Studies.of({
  flags: beginning.flags,
  installation,
  readOnly: beginning.readOnly,
  cache,
  results: beginning.results,
  workspace: loaded.workspace,
  unreadable: loaded.unreadable,
  imported: () => loaded.imported(),
  study: (name) =>
    Effect.flatMap(loaded.workspace, ({ studies }) => {
      const found = studies.find(({ graph }) => graph.study === name)
      return found === undefined
        ? Effect.fail(usage("unknown-study", `there is no study "${name}"; there are: ${studies.map(({ graph }) => graph.study).join(", ")}`))
        : Effect.succeed(found)
    })
})
const services = new InUse<Known, CliFailure>(
  () => Layer.merge(Layer.succeed(Studies, studies), storeOf({ cache, run: runName(new Date()) })) as Layer.Layer<Known, CliFailure>
)

/** What is being answered: nobody may wait for it any more. */
const underway = new Map<number, AbortController>()

const answer = async (name: string, asked: string, signal: AbortSignal) => {
  const question = questionNamed(name)!
  const exit = await services.use((runtime) =>
    runtime.runPromiseExit(replyTo(name, question, asked, answers[name as keyof typeof answers] as never), { signal })
  )
  if (Exit.isSuccess(exit)) return exit.value
  // The store itself cannot be read.
  return await Effect.runPromise(replyTo(name, question, asked, () => exit as Exit.Exit<never, CliFailure>))
}

const tellDecided = async () => {
  const decided = await loaded.decided()
  if (decided !== undefined) say({ decided })
  if (loaded.imports > MOST_IMPORTS) say({ worn: true })
}

port.on("message", (message: ToThread) => {
  if ("look" in message) say({ changed: loaded.look() })
  else if ("outdated" in message) (message.outdated === "studies" ? loaded : services).outdated()
  else if ("takenBack" in message) underway.get(message.takenBack)?.abort()
  else {
    const stop = new AbortController()
    underway.set(message.id, stop)
    void answer(message.name, message.asked, stop.signal).then((reply) => {
      underway.delete(message.id)
      say({ id: message.id, ...reply })
      return tellDecided()
    })
  }
})
