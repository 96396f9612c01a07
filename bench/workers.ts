/**
 * What a map of so many nodes takes on workers: with 1, 2 and 4 of them, each with one slot, beside the threads of one process and, as the floor, as many jobs of the
 * queue with nothing in them. Seconds of the whole run, milliseconds a node beyond what the stages take themselves; Redis's commands and bytes a task.
 * Run: npm run bench -- workers [NODES] [MS of a stage] [--json]; it needs a redis-server or valkey-server.
 */
import { availableParallelism } from "node:os"
import { parseArgs } from "node:util"
import { Queue, Worker } from "bullmq"
import { Redis } from "ioredis"
import { cli, StudyFolder } from "../test/cli/study-folder.ts"
import { mappedStudy } from "../test/queue/mapped-study.ts"
import { RedisServer, redisProgram } from "../test/queue/redis-server.ts"
import { WorkerProcess } from "../test/queue/worker-process.ts"
import { call } from "./engine/child.ts"

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: "boolean", default: false } } })
const nodes = Number(positionals[0] ?? 10_000)
const ms = Number(positionals[1] ?? 0)
if (redisProgram === undefined) {
  console.error("there is no redis-server and no valkey-server here")
  process.exit(2)
}

interface Case {
  readonly what: string
  readonly seconds: number
  /** Most memory of the process that has submitted. */
  readonly mebibytes: number | undefined
  readonly commands?: number
}

const study = new StudyFolder(mappedStudy(nodes, ms))
const redis = await RedisServer.start()
const asked = new Redis(redis.address)
const statistic = async (name: string): Promise<number> => Number(new RegExp(`${name}:(\\d+)`).exec(await asked.info())?.[1])

const timed = async (cache: string, ...args: ReadonlyArray<string>): Promise<{ readonly seconds: number; readonly mebibytes: number | undefined }> => {
  const run = { program: process.execPath, args: [cli, "run", "--json", "--cache", cache, ...args] }
  const { ms, peakMiB } = await call(run, study.path)
  return { seconds: ms / 1000, mebibytes: peakMiB === undefined ? undefined : Math.round(peakMiB) }
}

/** As many jobs with nothing in them, one after the other put in and taken out. */
const emptyJobs = async (): Promise<number> => {
  const [connection, blocking] = [new Redis(redis.address, { maxRetriesPerRequest: null }), new Redis(redis.address, { maxRetriesPerRequest: null })]
  const queue = new Queue("empty", { connection })
  const begun = performance.now()
  let left = nodes
  const worker = new Worker("empty", async () => {}, { connection: blocking, concurrency: 1, removeOnComplete: { count: 0 } })
  const done = new Promise<void>((resolve) =>
    worker.on("completed", () => {
      if (--left === 0) resolve()
    })
  )
  for (let i = 0; i < nodes; i += 1000)
    await queue.addBulk(Array.from({ length: Math.min(1000, nodes - i) }, () => ({ name: "empty", data: {}, opts: { priority: 5, removeOnComplete: true } })))
  await done
  const seconds = (performance.now() - begun) / 1000
  await worker.close()
  await queue.close()
  for (const one of [connection, blocking]) one.disconnect()
  return seconds
}

const cases: Array<Case> = []
for (const jobs of [1, 2, 4])
  cases.push({ what: `${jobs} thread${jobs === 1 ? "" : "s"} of one process`, ...(await timed(`threads-${jobs}`, "--jobs", String(jobs))) })
for (const count of [1, 2, 4]) {
  const cache = `workers-${count}`
  const workers = await Promise.all(Array.from({ length: count }, () => WorkerProcess.start(study, "--queue", redis.address, "--cache", cache, "--slots", "1")))
  const before = await statistic("total_commands_processed")
  const run = await timed(cache, "--executor", redis.address)
  cases.push({ what: `${count} worker${count === 1 ? "" : "s"}`, ...run, commands: (await statistic("total_commands_processed")) - before })
  await Promise.all(workers.map((one) => one.end()))
}
const floor = await emptyJobs()
const stages = (nodes * ms) / 1000
if (values.json) console.log(JSON.stringify({ version: 1, nodes, ms, cores: availableParallelism(), cases, emptyJobsSeconds: floor }))
else {
  console.log(
    `${nodes} nodes of some ${ms} ms each, ${availableParallelism()} cores; ${nodes} empty jobs of the queue, one worker: ${floor.toFixed(2)} s, ${((1000 * floor) / nodes).toFixed(3)} ms each`
  )
  for (const { commands, mebibytes, seconds, what } of cases)
    console.log(
      `${what.padEnd(26)} ${seconds.toFixed(2).padStart(7)} s  ${((1000 * (seconds - stages)) / nodes).toFixed(3)} ms a node beyond its stage  ${mebibytes} MiB${commands === undefined ? "" : `  ${(commands / nodes).toFixed(2)} commands of Redis a node`}`
    )
}
asked.disconnect()
await redis.kill()
study.remove()
