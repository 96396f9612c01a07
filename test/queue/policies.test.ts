/** What a run decides while workers execute its nodes: what begins first, what is tried again, and that nothing more begins. */
import { once } from "node:events"
import { Queue } from "bullmq"
import { Redis } from "ioredis"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type RunDocument, StudyFolder } from "../cli/study-folder.ts"
import { mappedStudy } from "./mapped-study.ts"
import { RedisServer, redisProgram } from "./redis-server.ts"
import { WorkerProcess } from "./worker-process.ts"

if (redisProgram === undefined) console.warn("skipped: the tests of a run's policies with workers, since there is no redis-server and no valkey-server here")

describe.skipIf(redisProgram === undefined)("a run with workers", { timeout: 120_000 }, () => {
  /** So long that each goes to the workers by itself. */
  const MS = 80
  const NODES = 16
  let redis: RedisServer
  const folders: Array<StudyFolder> = []
  const folderOf = (nodes: number, ms: number): StudyFolder => {
    const folder = new StudyFolder(mappedStudy(nodes, ms))
    folders.push(folder)
    return folder
  }
  beforeAll(async () => {
    redis = await RedisServer.start()
  })
  afterAll(async () => {
    await redis.kill()
    for (const one of folders) one.remove()
  })
  const workerOf = (folder: StudyFolder): Promise<WorkerProcess> => WorkerProcess.start(folder, "--queue", redis.address, "--cache", "cache", "--slots", "1")
  const submitted = (folder: StudyFolder, ...args: ReadonlyArray<string>): RunDocument =>
    JSON.parse(folder.sediment("run", "--json", "--cache", "cache", "--executor", redis.address, ...args).out) as RunDocument
  /** Ends it, and has read all that it told. */
  const endOf = async (worker: WorkerProcess): Promise<void> => {
    const closed = once(worker.process, "close")
    await worker.end()
    await closed
  }
  const begun = ({ told }: WorkerProcess): ReadonlyArray<string | undefined> => told.filter(({ event }) => event === "began").map(({ node }) => node)

  /** How many jobs wait for a worker. */
  const waitingFor = async ({ told }: WorkerProcess): Promise<number> => {
    const connection = new Redis(redis.address, { maxRetriesPerRequest: null })
    const queue = new Queue(String(told[0]!["queue"]), { connection, prefix: "sediment" })
    try {
      return Object.values(await queue.getJobCounts("prioritized", "waiting", "delayed")).reduce((sum, count) => sum + count, 0)
    } finally {
      await queue.close()
      connection.disconnect()
    }
  }

  it("that is interrupted takes back what no worker has begun", async () => {
    const folder = folderOf(NODES, MS)
    const worker = await workerOf(folder)
    const run = folder.start("run", "--cache", "cache", "--executor", redis.address)
    const ended = once(run, "close")
    await worker.until(() => worker.executed.length >= 2)
    expect(await waitingFor(worker)).toBeGreaterThan(0)
    run.kill("SIGINT")
    await ended
    expect(run.exitCode).toBe(130)
    expect(await waitingFor(worker)).toBe(0)
    // What it has begun it brings to its end: that is not made again.
    await endOf(worker)
    const { executed } = worker
    expect(executed.length).toBeLessThan(NODES)
    const states = new Map(folder.run("--cache", "cache").nodes.map(({ node, state }) => [node, state]))
    expect(executed.map((node) => states.get(node))).toEqual(executed.map(() => "fresh"))
  })

  it("that is to stop at a failure takes back what no worker has begun, too", async () => {
    const folder = folderOf(NODES, MS)
    folder.edit("stages.ts", "      let sum = 0\n", '      if (n === 0) throw new Error("no power of nought")\n      let sum = 0\n')
    const worker = await workerOf(folder)
    const { nodes } = submitted(folder, "--no-keep-going")
    expect(await waitingFor(worker)).toBe(0)
    await endOf(worker)
    const of = (state: string) => nodes.filter((one) => one.state === state).map(({ node }) => node)
    expect(of("failed")).toEqual(["power[0]"])
    expect(of("cancelled").length).toBeGreaterThan(0)
    const executed = begun(worker)
    expect(of("cancelled").filter((node) => executed.includes(node))).toEqual([])
  })

  it("tries again what may pass, stops what takes too long, and says so as a run without does", async () => {
    const folder = folderOf(3, 1)
    folder.edit("stages.ts", 'import { Effect, Schema } from "effect"', 'import { Effect, Schedule, Schema } from "effect"')
    folder.edit("stages.ts", 'Stage.make("power", {', 'Stage.make("power", {\n  retry: Schedule.recurs(2),\n  timeout: "400 millis",')
    folder.edit("stages.ts", "      let sum = 0\n", "      for (let i = 0; n === 1; i++) if (i < 0) break\n      let sum = 0\n")
    const worker = await workerOf(folder)
    const [elsewhere, here] = [submitted(folder), folder.run("--cache", "here")].map(({ nodes }) =>
      nodes.map(({ artifacts, errors, node, state, ...rest }) => ({ artifacts, errors, node, state, attempts: (rest as { attempts?: number }).attempts }))
    )
    expect(elsewhere).toEqual(here)
    expect(here?.find(({ node }) => node === "power[1]")).toMatchObject({ state: "failed", attempts: 3, errors: [{ code: "timeout" }] })
    await endOf(worker)
    expect(begun(worker).filter((node) => node === "power[1]")).toHaveLength(3)
  })

  it("begins with what the longest way to the study's end is before", async () => {
    const folder = folderOf(6, MS)
    folder.edit(
      "dag.ts",
      "  return {",
      `  let sum = dag.node("first", gathered, { powers: [dag.node("start", power, { numbers }, { n: 90, ms: ${MS} })] })
  for (let i = 0; i < 3; i++) sum = dag.node(\`link-\${i}\`, gathered, { powers: [sum] })
  return { sum,`
    )
    const run = folder.start("run", "--cache", "cache", "--executor", redis.address)
    const ended = once(run, "close")
    let err = ""
    for await (const chunk of run.stderr) {
      err += chunk
      if (err.includes("no worker listens")) break
    }
    const worker = await workerOf(folder)
    run.stdout.resume()
    await ended
    expect(begun(worker)[0]).toBe("start")
    await endOf(worker)
  })

  it("gives workers a package that the study imports", async () => {
    const folder = folderOf(3, 1)
    folder.write("node_modules/little-sums/package.json", '{ "name": "little-sums", "version": "1.0.0", "main": "index.js" }')
    folder.write(
      "node_modules/little-sums/index.js",
      'const { format } = require("node:util")\nconst { offset } = require("./offset.js")\nexports.shifted = (x) => x + Number(format("%d", offset))\n'
    )
    folder.write("node_modules/little-sums/offset.js", "exports.offset = 1000\n")
    folder.edit("stages.ts", "import { Effect", '// @ts-expect-error it has no types\nimport { shifted } from "little-sums"\nimport { Effect')
    folder.edit("stages.ts", "Float64Array.of(sum + n)", "Float64Array.of(shifted(sum + n))")
    const here = folder.run("--cache", "here")
    expect(here.ok).toBe(true)
    // It has no such package where it is.
    const elsewhere = folderOf(3, 1)
    const worker = await WorkerProcess.start(elsewhere, "--queue", redis.address, "--cache", folder.at("cache"), "--slots", "1")
    const there = submitted(folder)
    const artifactsOf = ({ nodes }: RunDocument) => nodes.map(({ artifacts, node }) => [node, artifacts])
    expect(artifactsOf(there)).toEqual(artifactsOf(here))
    await endOf(worker)
    expect([...worker.executed].sort()).toEqual(["all", "power[0]", "power[1]", "power[2]"])
  })

  it("keeps the stages of a study here whose packages cannot be sent, and says so once", async () => {
    const folder = folderOf(2, 1)
    folder.write("node_modules/little-sums/package.json", '{ "name": "little-sums", "version": "1.0.0", "main": "index.js" }')
    folder.write("node_modules/little-sums/index.js", 'try { require("./native.node") } catch {}\nexports.shifted = (x) => x + 1\n')
    folder.write("node_modules/little-sums/native.node", "native code")
    folder.edit("stages.ts", "import { Effect", '// @ts-expect-error it has no types\nimport { shifted } from "little-sums"\nimport { Effect')
    folder.edit("stages.ts", "Float64Array.of(sum + n)", "Float64Array.of(shifted(sum + n))")
    const { code, err } = folder.sediment("run", "--cache", "cache", "--executor", redis.address)
    expect(code).toBe(0)
    expect(err.match(/the study's code cannot be sent to workers, and its stages run here: .*native\.node/g)).toHaveLength(1)
  })
})
