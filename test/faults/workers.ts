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
/** How many tasks a worker may have under way that are not told yet: one job of tiny ones, of which as many go together as there are slots to share them. */
const MOST_UNTOLD = Math.ceil(NODES / 2)

const artifactsOf = ({ nodes }: RunDocument): string => JSON.stringify(nodes.map(({ artifacts, node }) => [node, artifacts]))

/**
 * Two workers and a run that submits to them, of which one after the other is killed at a random moment and started again; Redis too, which forgets everything.
 * They share a folder, or have one each and a shared store between them.
 */
export const losing = async (): Promise<Faults | NotHere> => {
  if (redisProgram === undefined) return new NotHere("there is no redis-server and no valkey-server")
  const redis = await RedisServer.start()
  const study = new StudyFolder(mappedStudy(NODES, MS))
  const clean = artifactsOf(study.run("--cache", "clean"))
  let number = 0
  const round = async (dice: Dice, seed: number) => {
    const folder = `round-${number++}`
    const shares = seed % 2 === 0 ? "a folder" : "a shared store"
    const server = shares === "a folder" ? undefined : await startServer(study.at(`${folder}/store`))
    const cache = `${folder}/cache`
    const storeOf = (machine: string) =>
      server === undefined ? ["--cache", cache] : ["--cache", `${folder}/${machine}`, "--remote", server.url.href, "--remote-write"]
    const all: Array<WorkerProcess> = []
    const start = async (at: number) => {
      const one = await WorkerProcess.start(study, "--queue", redis.address, "--slots", "1", "--lease", LEASE, ...storeOf(`worker-${at}`))
      all.push(one)
      return one
    }
    const submitAgain = () => SubmittedRun.start(study, redis.address, ...storeOf("cache"))
    const workers = await Promise.all([start(0), start(1)])
    let submitter = submitAgain()
    const done: Array<string> = []
    /** How many tasks may have been executed a second time. */
    let mayRepeat = 0
    for (let kills = 1 + dice.below(4); kills > 0; kills--) {
      await sleep(dice.next() * 700)
      if (submitter.isOver) break
      const victim = dice.pick(["worker 1", "worker 2", "submitter", "redis"] as const)
      done.push(victim)
      if (victim === "submitter") {
        await submitter.kill()
        submitter = submitAgain()
      } else if (victim === "redis") {
        await redis.kill()
        await sleep(dice.next() * 300)
        await redis.startAgain()
        mayRepeat += 2 * MOST_UNTOLD
      } else {
        const at = victim === "worker 1" ? 0 : 1
        await workers[at]!.end("SIGKILL")
        workers[at] = await start(at)
        mayRepeat += MOST_UNTOLD
      }
    }
    let ended = await submitter.ended
    // One that begins while Redis is away says so and ends: whoever started it starts it again.
    while (ended.code === 2 && done.includes("redis") && ended.out.includes("no Redis answers")) {
      submitter = submitAgain()
      ended = await submitter.ended
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
  return {
    round: async (dice, seed) => {
      const found = await round(dice, seed)
      return found.counts.includes("nothing") && found.problems.length === 0 ? undefined : found
    },
    close: () => {
      void redis.kill()
      study.remove()
    }
  }
}
