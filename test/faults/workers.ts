import { rmSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { type RunDocument, StudyFolder } from "../cli/study-folder.ts"
import { mappedStudy } from "../queue/mapped-study.ts"
import { RedisServer, redisProgram } from "../queue/redis-server.ts"
import { SubmittedRun } from "../queue/submitted-run.ts"
import { WorkerProcess } from "../queue/worker-process.ts"
import { startServer } from "../store/shared/server.ts"
import type { Dice } from "./dice.ts"
import { type Faults, NotHere } from "./round.ts"

const NODES = 40
const MS = 15
/** How long a task stays with a worker that is not heard of. */
const LEASE = "1s"
/** How long a round may take, milliseconds: some seconds are enough. */
const LIMIT_MS = 180_000
/** How many tasks a worker may have executed that are not told yet: what takes a tenth of a second, and the one that it executes. */
const MOST_UNTOLD = Math.ceil(100 / MS) + 1
/** How many it may go on with that are given to another one meanwhile, where Redis has forgotten that it has them: those of a job, of which as many go together as there are slots to share them. */
const MOST_IN_JOB = Math.ceil(NODES / 2)

const VICTIMS = ["worker 1", "worker 2", "submitter", "ctrl-c", "redis"] as const

const artifactsOf = ({ nodes }: RunDocument): string => JSON.stringify(nodes.map(({ artifacts, node }) => [node, artifacts]))

/**
 * Two workers and a run that submits to them, of which one after the other is killed at a random moment and started again; Redis too, which forgets everything,
 * and the shared store. The run may get Ctrl-C instead. They share a folder, or have one each and a shared store between them.
 */
export const losing = async (): Promise<Faults | NotHere> => {
  if (redisProgram === undefined) return new NotHere("there is no redis-server and no valkey-server")
  const redis = await RedisServer.start()
  const study = new StudyFolder(mappedStudy(NODES, MS))
  const clean = artifactsOf(study.run("--cache", "clean"))
  let number = 0
  /** What was started in a round, for the case that it does not end. */
  let all: Array<WorkerProcess> = []
  let submitter: SubmittedRun | undefined
  const round = async (dice: Dice, seed: number) => {
    all = []
    const folder = `round-${number++}`
    const shares = seed % 2 === 0 ? "a folder" : "a shared store"
    let server = shares === "a folder" ? undefined : await startServer(study.at(`${folder}/store`))
    const cache = `${folder}/cache`
    const storeOf = (machine: string) =>
      server === undefined ? ["--cache", cache] : ["--cache", `${folder}/${machine}`, "--remote", server.url.href, "--remote-write"]
    const start = async (at: number) => {
      const one = await WorkerProcess.start(study, "--queue", redis.address, "--slots", "1", "--lease", LEASE, ...storeOf(`worker-${at}`))
      all.push(one)
      return one
    }
    const submitAgain = () => {
      submitter = SubmittedRun.start(study, redis.address, ...storeOf("cache"))
      return submitter
    }
    const workers = await Promise.all([start(0), start(1)])
    let run = submitAgain()
    const done: Array<string> = []
    /** How many tasks may have been executed a second time. */
    let mayRepeat = 0
    for (let kills = 1 + dice.below(4); kills > 0; kills--) {
      await sleep(dice.next() * 700)
      if (run.isOver) break
      const victim = dice.pick(server === undefined ? VICTIMS : [...VICTIMS, "store" as const])
      done.push(victim)
      if (victim === "submitter") {
        await run.kill()
        run = submitAgain()
      } else if (victim === "ctrl-c") {
        run.process.kill("SIGINT")
        await run.ended
        run = submitAgain()
      } else if (victim === "redis") {
        await redis.kill()
        await sleep(dice.next() * (dice.below(4) === 0 ? 4000 : 300))
        await redis.startAgain()
        mayRepeat += 2 * MOST_IN_JOB
      } else if (victim === "store") {
        const port = Number(server!.url.port)
        await server!.stop()
        await sleep(dice.next() * 1500)
        server = await startServer(study.at(`${folder}/store`), { port })
      } else {
        const at = victim === "worker 1" ? 0 : 1
        await workers[at]!.end("SIGKILL")
        workers[at] = await start(at)
        mayRepeat += MOST_UNTOLD
      }
    }
    let ended = await run.ended
    // One that begins while Redis is away says so and ends: whoever started it starts it again.
    while (ended.code === 2 && done.includes("redis") && ended.out.includes("no Redis answers")) {
      run = submitAgain()
      ended = await run.ended
    }
    const { code, err, out } = ended
    const problems: Array<string> = []
    if (code !== 0) problems.push(`the run that went on ended with ${code}: ${out.slice(0, 2000)}${err}`)
    else if (artifactsOf(JSON.parse(out) as RunDocument) !== clean) problems.push("its artifacts are not those of a run without workers")
    const again = study.run("--cache", cache)
    const ran = again.nodes.filter(({ state }) => state !== "fresh")
    if (ran.length > 0) problems.push(`something was left to do: ${ran.map(({ node, state }) => `${node} ${state}`).join(", ")}`)
    const verified = study.json("verify", "--cache", cache)
    if (verified.ok !== true) problems.push(`verify: ${JSON.stringify(verified).slice(0, 2000)}`)
    const executed = all.flatMap((one) => one.executed)
    const repeated = executed.length - new Set(executed).size
    if (repeated > mayRepeat) problems.push(`${repeated} tasks were executed a second time, and at the most ${mayRepeat} were under way`)
    await Promise.all(workers.map((one) => one.end()))
    await server?.stop()
    rmSync(study.at(folder), { recursive: true, force: true })
    return {
      done: `with ${shares}: ${done.length === 0 ? "nothing killed" : `killed: ${done.join(", ")}`}; ${executed.length} executed, ${repeated} of them a second time`,
      counts: done.length === 0 ? ["nothing"] : [`with ${shares}`, ...new Set(done.map((victim) => victim.replace(/ \d/, "")))],
      problems
    }
  }
  const hangs = async (signal: AbortSignal) => {
    await sleep(LIMIT_MS, undefined, { signal })
    const told = all.map(({ process, said, told }) => `worker ${process.pid} told ${JSON.stringify(told.slice(-5))} ${said.slice(-500)}`)
    const isOver = submitter?.isOver === true
    for (const { process } of [...all, ...(submitter === undefined ? [] : [submitter])]) process.kill("SIGKILL")
    await redis.kill()
    await redis.startAgain()
    return {
      done: "killed some",
      counts: ["hangs"],
      problems: [`it did not end within ${LIMIT_MS / 1000} s; the run ${isOver ? "was over" : "went on"}; ${told.join("; ")}`]
    }
  }
  return {
    round: async (dice, seed) => {
      const ended = new AbortController()
      const found = await Promise.race([round(dice, seed), hangs(ended.signal)]).finally(() => ended.abort())
      return found.counts.includes("nothing") && found.problems.length === 0 ? undefined : found
    },
    close: () => {
      void redis.kill()
      study.remove()
    }
  }
}
