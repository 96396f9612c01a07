/** What was told of tasks in the queue: for whom it counts, and what cannot be read. */
import { setTimeout as sleep } from "node:timers/promises"
import { Redis } from "ioredis"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type RunDocument, StudyFolder } from "../cli/study-folder.ts"
import { mappedStudy } from "./mapped-study.ts"
import { RedisServer, redisProgram } from "./redis-server.ts"
import { SubmittedRun } from "./submitted-run.ts"
import { WorkerProcess } from "./worker-process.ts"

if (redisProgram === undefined) console.warn("skipped: the tests of what workers tell, since there is no redis-server and no valkey-server here")

describe.skipIf(redisProgram === undefined)("what is told of a task", { timeout: 60_000 }, () => {
  let redis: RedisServer
  const folders: Array<StudyFolder> = []
  const folderOf = (ms: number): StudyFolder => {
    const folder = new StudyFolder(mappedStudy(1, ms))
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
  const submit = (folder: StudyFolder): SubmittedRun => SubmittedRun.start(folder, redis.address, "--cache", "cache")
  const count = ({ told }: WorkerProcess, event: string): number => told.filter((one) => one.event === event).length

  it("that failed for a run that was killed is not told to the next one, whose stage may have more time", async () => {
    const folder = folderOf(600)
    folder.edit("stages.ts", 'Stage.make("power", {', 'Stage.make("power", {\n  timeout: "100 millis",')
    const worker = await workerOf(folder)
    const killed = submit(folder)
    await worker.until(() => count(worker, "began") === 1)
    await killed.kill()
    await worker.until(() => count(worker, "failed") === 1)
    const { code, out } = await submit(folder).ended
    expect([code, out]).toEqual([1, expect.stringContaining("stopped when it had taken 100ms")])
    expect(count(worker, "began")).toBe(2)
    folder.edit("stages.ts", "100 millis", "30 seconds")
    expect((await submit(folder).document()).ok).toBe(true)
    await worker.end()
  })

  it("is the warning that a run without workers tells, also where it has a year that is none", async () => {
    const folder = folderOf(1)
    folder.edit("stages.ts", "Effect.sync(() => {", "Effect.gen(function* () {")
    folder.edit(
      "stages.ts",
      "      let sum = 0\n",
      '      yield* Stage.warn({ code: "gap", message: "a gap", where: { column: "x", year: Number.NaN } })\n      let sum = 0\n'
    )
    const warningsOf = ({ nodes }: RunDocument) => nodes.flatMap(({ state, warnings }) => warnings.map((warning) => [state, warning]))
    const warning = { code: "gap", message: "a gap", where: { column: "x" } }
    expect(warningsOf(folder.run("--cache", "here"))).toEqual([["ran", warning]])
    const worker = await workerOf(folder)
    expect(warningsOf(await submit(folder).document())).toEqual([["ran", warning]])
    expect(warningsOf(folder.run("--cache", "cache"))).toEqual([["fresh", warning]])
    await worker.end()
  })

  it.each([
    ["no outcome", "{}"],
    [
      "no digest",
      '{"reads":[],"warnings":[],"ms":1,"outputs":{"output":{"artifact":"../../victim","summary":{"rows":1,"columns":[],"notes":[]}}},"faults":[],"transient":false,"lost":[],"worker":"w"}'
    ]
  ])("and is %s fails that task in words", async (_, text) => {
    const folder = folderOf(1)
    const run = submit(folder)
    const connection = new Redis(redis.address)
    let key: string | undefined
    while (key === undefined) {
      await sleep(50)
      key = (await connection.keys("sediment:task:*"))[0]
    }
    await connection.set(key.replace(":task:", ":outcome:"), text)
    // Its job is no longer there, as when a worker is done with it.
    await connection.del(key, `sediment:${key.split(":")[2]}:prioritized`)
    const { code, out } = await run.ended
    connection.disconnect()
    const { nodes } = JSON.parse(out) as RunDocument
    expect(code).toBe(1)
    expect(nodes.find(({ node }) => node === "power[0]")?.errors?.[0]?.message).toContain("cannot be read: look who writes there")
  })
})
