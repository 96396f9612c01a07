import { copyFileSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder } from "../cli/study-folder.ts"
import { mappedStudy } from "./mapped-study.ts"
import { RedisServer, redisProgram } from "./redis-server.ts"
import { SubmittedRun } from "./submitted-run.ts"
import { WorkerProcess } from "./worker-process.ts"

const PARTS = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"))

describe.skipIf(redisProgram === undefined)("a worker that sees the cache of a run otherwise than the run does", () => {
  const folder = new StudyFolder(mappedStudy(6, 5))
  let redis: RedisServer
  beforeAll(async () => {
    redis = await RedisServer.start()
  })
  afterAll(async () => {
    await redis.kill()
    folder.remove()
  })
  const worker = (cache: string) => WorkerProcess.start(folder, "--queue", redis.address, "--cache", cache, "--slots", "1", "--lease", "5s")
  const submit = (cache: string) => SubmittedRun.start(folder, redis.address, "--cache", cache)

  /** A cache in which the node that the others read is there; gives the part of its objects where that lies. */
  const cacheWithInput = (cache: string): string => {
    folder.run("--cache", cache, "numbers")
    const [part] = readdirSync(folder.at(`${cache}/objects`)).filter((name) => PARTS.includes(name))
    for (const one of PARTS) mkdirSync(folder.at(`${cache}/objects/${one}`), { recursive: true })
    return part!
  }
  /** The same cache, as another machine has mounted it, without any objects. */
  const mount = async (cache: string, at: string): Promise<void> => {
    folder.sediment("run", "--cache", cache, "--executor", redis.address, "numbers")
    mkdirSync(folder.at(`${at}/objects`), { recursive: true })
    copyFileSync(folder.at(`${cache}/identity`), folder.at(`${at}/identity`))
    symlinkSync(folder.at(`${cache}/traces`), folder.at(`${at}/traces`))
  }
  const link = (cache: string, at: string, part: string) => symlinkSync(folder.at(`${cache}/objects/${part}`), folder.at(`${at}/objects/${part}`))

  it("waits for inputs that are shown to it late", async () => {
    const input = cacheWithInput("a")
    await mount("a", "a-late")
    for (const part of PARTS) if (part !== input) link("a", "a-late", part)
    const late = await worker("a-late")
    const run = submit("a")
    await late.until(() => late.told.some(({ event }) => event === "began"))
    await sleep(500)
    link("a", "a-late", input)
    expect((await run.document()).ok).toBe(true)
    expect(late.told.filter(({ event }) => event === "failed" || event === "trouble")).toEqual([])
    await late.end()
  })

  it("takes nothing for a while where it cannot keep what it makes: another executes that", async () => {
    const input = cacheWithInput("b")
    await mount("b", "b-full")
    for (const part of PARTS)
      if (part === input) link("b", "b-full", part)
      else writeFileSync(folder.at(`b-full/objects/${part}`), "no folder\n")
    const bad = await worker("b-full")
    const run = submit("b")
    await bad.until(() => bad.told.some(({ event }) => event === "trouble"))
    const good = await worker("b")
    const document = await run.document()
    expect(document.nodes.map(({ artifacts }) => artifacts)).toEqual(folder.run("--cache", "here").nodes.map(({ artifacts }) => artifacts))
    expect(new Set(good.executed).size).toBe(7)
    expect(bad.told.flatMap(({ event, message }) => (event === "trouble" ? [message] : []))).toEqual([expect.stringMatching(/; it takes no tasks for 10 s$/)])
    expect(await bad.end()).toBe(0)
    await good.end()
  })
})
