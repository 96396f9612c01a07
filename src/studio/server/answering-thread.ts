/** The entry of a thread that answers questions: it has the studies loaded and the store read, and loads and reads them anew when it is told that they changed. */
import { sep } from "node:path"
import { parentPort, workerData } from "node:worker_threads"
import { Effect, Exit, Layer, ManagedRuntime } from "effect"
import type { Installation } from "../../engine/study.ts"
import { runName } from "../../store/runs.ts"
import { cacheOf } from "../../workspace/cache-folder.ts"
import { type CliFailure, usage } from "../../workspace/failure.ts"
import { fileMemoryOf, openWorkspace, storeOf, type Workspace } from "../../workspace/workspace.ts"
import { questionNamed } from "../messages/questions.ts"
import type { Known } from "./answer.ts"
import { answers } from "./answers/all.ts"
import { replyTo } from "./reply.ts"
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
const cache = cacheOf(beginning.flags)
const say = (message: FromThread) => port.postMessage(message)

/** The studies, loaded once until they are outdated; what is wrong with them is remembered too. */
let opened: Promise<Exit.Exit<Workspace, CliFailure>> | undefined
let memory = fileMemoryOf(beginning.flags)
let told = 0
const open = async (): Promise<Exit.Exit<Workspace, CliFailure>> => {
  memory = fileMemoryOf(beginning.flags)
  told = 0
  const exit = await Effect.runPromiseExit(openWorkspace(beginning.flags, installation, memory))
  if (Exit.isSuccess(exit)) exit.value.remember()
  return exit
}
/** Sources are looked at when a study is planned, so what decides the studies is told as it grows. */
const tellDecided = async () => {
  if (opened === undefined || memory.lookedAt.size === told) return
  told = memory.lookedAt.size
  const loaded = Exit.isSuccess(await opened)
  say({ decided: [...memory.lookedAt].filter(([path]) => !path.startsWith(cache + sep)), loaded })
}
const workspace = Effect.suspend(() => Effect.flatten(Effect.promise(() => (opened ??= open()))))

const studies = Studies.of({
  flags: beginning.flags,
  installation,
  readOnly: beginning.readOnly,
  cache,
  workspace,
  study: (name) =>
    Effect.flatMap(workspace, ({ studies }) => {
      const found = studies.find(({ graph }) => graph.study === name)
      return found === undefined
        ? Effect.fail(usage("unknown-study", `there is no study "${name}"; there are: ${studies.map(({ graph }) => graph.study).join(", ")}`))
        : Effect.succeed(found)
    })
})

const makeRuntime = () =>
  ManagedRuntime.make(Layer.merge(Layer.succeed(Studies, studies), storeOf({ cache, run: runName(new Date()) })) as Layer.Layer<Known, CliFailure>)
let runtime: ReturnType<typeof makeRuntime> | undefined

const answer = async (name: string, asked: string) => {
  const question = questionNamed(name)!
  runtime ??= makeRuntime()
  const exit = await runtime.runPromiseExit(replyTo(name, question, asked, answers[name as keyof typeof answers] as never))
  if (Exit.isSuccess(exit)) return exit.value
  // The store itself cannot be read.
  return await Effect.runPromise(replyTo(name, question, asked, () => exit as Exit.Exit<never, CliFailure>))
}

port.on("message", (message: ToThread) => {
  if ("outdated" in message) {
    if (message.outdated === "studies") opened = undefined
    else {
      const old = runtime
      runtime = undefined
      void old?.dispose()
    }
    return
  }
  void answer(message.name, message.asked).then((reply) => {
    say({ id: message.id, ...reply })
    return tellDecided()
  })
})
