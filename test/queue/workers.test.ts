import { spawn } from "node:child_process"
import { once } from "node:events"
import { readdirSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { Redis } from "ioredis"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { cli, type RunDocument, ranIn, StudyFolder } from "../cli/study-folder.ts"
import { mappedStudy } from "./mapped-study.ts"
import { RedisServer, redisProgram } from "./redis-server.ts"
import { SubmittedRun } from "./submitted-run.ts"
import { WorkerProcess } from "./worker-process.ts"

if (redisProgram === undefined) console.warn("skipped: the tests of workers, since there is no redis-server and no valkey-server here")

const objectsOf = (folder: StudyFolder, cache: string): ReadonlyArray<string> =>
  readdirSync(folder.at(`${cache}/objects`), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".arrow"))
    .sort()

describe.skipIf(redisProgram === undefined)("a run with workers", () => {
  const nodes = 24
  const folder = new StudyFolder(mappedStudy(nodes, 20))
  let redis: RedisServer
  let local: ReturnType<StudyFolder["run"]>
  beforeAll(async () => {
    redis = await RedisServer.start()
    local = folder.run("--cache", "local")
  })
  afterAll(async () => {
    await redis.kill()
    folder.remove()
  })
  const worker = (cache: string, ...args: ReadonlyArray<string>) =>
    WorkerProcess.start(folder, "--queue", redis.address, "--cache", cache, "--slots", "1", "--lease", "1s", ...args)
  const submit = (cache: string, ...args: ReadonlyArray<string>) => SubmittedRun.start(folder, redis.address, "--cache", cache, ...args)
  const artifactsOf = (document: RunDocument) => document.nodes.map(({ artifacts, node }) => [node, artifacts])

  /** Keys that stay for good, besides the few that a queue has however much goes through it; and the names of tasks. */
  const leftInRedis = async (): Promise<ReadonlyArray<string>> => {
    const connection = new Redis(redis.address)
    try {
      const keys = await connection.keys("*")
      expect(keys.some((key) => key.startsWith("sediment:outcome:"))).toBe(true)
      const expiring = await Promise.all(keys.map((key) => connection.ttl(key)))
      return keys.filter((key, i) => key.startsWith("sediment:task:") || (expiring[i]! < 0 && !/:(events|id|marker|meta|pc|stalled-check)$/.test(key)))
    } finally {
      connection.disconnect()
    }
  }

  it("comes to what it comes to without, bit by bit; what reads a file stays here; nothing is left to do or computed twice", async () => {
    const [a, b] = await Promise.all([worker("shared"), worker("shared")])
    const document = await submit("shared").document()
    expect(artifactsOf(document)).toEqual(artifactsOf(local))
    expect(objectsOf(folder, "shared")).toEqual(objectsOf(folder, "local"))
    const executed = [...a.executed, ...b.executed]
    expect([...executed].sort()).toEqual(ranIn(local).filter((node) => node !== "numbers"))
    expect(await Promise.all([a.end(), b.end()])).toEqual([0, 0])
    expect(folder.ran("--cache", "shared")).toEqual([])
    const verified = folder.json("verify", "--cache", "shared")
    expect(verified).toMatchObject({ ok: true, traces: nodes + 2 })
    expect(await leftInRedis()).toEqual([])
  })

  it("goes on where a worker is killed, and where the submitter is: what was made is not made again", async () => {
    const [a, b] = await Promise.all([worker("killed"), worker("killed")])
    const first = submit("killed")
    await a.until(() => a.executed.length >= 3)
    await a.end("SIGKILL")
    await b.until(() => b.executed.length >= 3)
    await first.kill()
    const second = await submit("killed").document()
    expect(artifactsOf(second)).toEqual(artifactsOf(local))
    // Of what the one that was killed has executed, the last may not have been told: that is executed again, and nothing before it.
    const executed = [...a.executed, ...b.executed]
    const again = a.executed.filter((node) => b.executed.includes(node))
    expect(again).toEqual(a.executed.slice(a.executed.length - again.length))
    expect(new Set(b.executed).size).toBe(b.executed.length)
    expect(new Set(executed)).toEqual(new Set(ranIn(local).filter((node) => node !== "numbers")))
    await b.end()
  })

  it("goes on where Redis is killed and comes back with nothing in it", async () => {
    const a = await worker("restarted")
    const run = submit("restarted")
    await a.until(() => a.executed.length >= 4)
    await redis.kill()
    await redis.startAgain()
    expect(artifactsOf(await run.document())).toEqual(artifactsOf(local))
    await a.end()
  })

  it("goes on where Redis takes nothing for a while: what was made meanwhile is told after, and not made again", async () => {
    const a = await worker("refusing")
    const run = submit("refusing")
    await a.until(() => a.executed.length >= 4)
    const connection = new Redis(redis.address)
    await connection.config("SET", "maxmemory", "1")
    await sleep(1500)
    await connection.config("SET", "maxmemory", "0")
    connection.disconnect()
    expect(artifactsOf(await run.document())).toEqual(artifactsOf(local))
    expect(new Set(a.executed).size).toBe(a.executed.length)
    expect(a.told.filter(({ event, message }) => event === "trouble" && String(message).startsWith("Redis takes nothing for now: OOM "))).toHaveLength(1)
    await a.end()
  })

  it("says that no worker listens, and how to start one, and waits for it", async () => {
    const child = spawn(process.execPath, [cli, "run", "--cache", "waiting", "--executor", redis.address], {
      cwd: folder.path,
      env: folder.environment,
      stdio: ["ignore", "ignore", "pipe"]
    })
    const ended = once(child, "close")
    let err = ""
    for await (const chunk of child.stderr) {
      err += chunk
      if (err.includes("no worker listens")) break
    }
    expect(err).toContain(`sediment worker --queue ${redis.address} --cache ${folder.at("waiting")}`)
    const other = await worker("another")
    const a = await worker("waiting")
    await ended
    expect(child.exitCode).toBe(0)
    expect(other.executed).toEqual([])
    await Promise.all([a.end(), other.end()])
  })

  it("a run that Ctrl-C ends takes back what it has submitted; another that waits for the same submits it itself", async () => {
    const submitted = async () => {
      const connection = new Redis(redis.address)
      try {
        return (await connection.keys("sediment:task:*")).length
      } finally {
        connection.disconnect()
      }
    }
    const first = submit("together")
    while ((await submitted()) === 0) await sleep(20)
    const second = submit("together")
    await second.until("no worker listens")
    await sleep(300)
    first.process.kill("SIGINT")
    expect((await first.ended).code).toBe(130)
    const a = await worker("together")
    expect(artifactsOf(await second.document())).toEqual(artifactsOf(local))
    expect([...a.executed].sort()).toEqual(ranIn(local).filter((node) => node !== "numbers"))
    await a.end()
  })

  it("a worker ends by itself when it has nothing to do, and when its time is up", async () => {
    const [idle, timed] = await Promise.all([worker("ends", "--idle-timeout", "1s"), worker("ends", "--wall-time", "1s")])
    await Promise.all([once(idle.process, "close"), once(timed.process, "close")])
    expect([idle.process.exitCode, timed.process.exitCode]).toEqual([0, 0])
    expect([idle.told.at(-1), timed.told.at(-1)]).toMatchObject([
      { event: "ending", why: "idle" },
      { event: "ending", why: "time" }
    ])
  })

  it("a stage that fails fails with its own words, and blocks what rests on it", async () => {
    const failing = new StudyFolder(mappedStudy(3, 1))
    failing.edit("stages.ts", "      let sum = 0\n", '      if (n === 1) throw new Error("no power of one")\n      let sum = 0\n')
    const a = await WorkerProcess.start(failing, "--queue", redis.address, "--cache", "cache", "--slots", "1")
    const { code, out } = failing.sediment("run", "--json", "--cache", "cache", "--executor", redis.address)
    const here = failing.run("--cache", "here")
    expect(code).toBe(1)
    const told = (document: typeof here) => document.nodes.map(({ errors, node, state }) => ({ node, state, messages: errors?.map(({ message }) => message) }))
    expect(told(JSON.parse(out))).toEqual(told(here))
    expect(told(here).find(({ node }) => node === "power[1]")?.messages?.[0]).toContain("no power of one")
    await a.end()
    failing.remove()
  })

  it.each([
    [["--executor", "redis://127.0.0.1:1"], "no Redis answers at redis://127.0.0.1:1: start one"],
    [["--executor", "http://127.0.0.1"], "is no address of a queue: write redis://HOST:PORT"]
  ])("refuses %j in words", (args, words) => {
    const { code, err } = folder.sediment("run", "--cache", "refused", ...args)
    expect(code).toBe(2)
    expect(err).toContain(words)
  })

  it("says that Redis wants a password, and never tells the one that it was given", async () => {
    const locked = await RedisServer.start(["--requirepass", "right"])
    const { code, err } = folder.sediment("run", "--cache", "refused", "--executor", locked.address.replace("//", "//:wrong@"))
    expect(code).toBe(2)
    expect(err).toContain("wants another name or password")
    expect(err).not.toContain("wrong")
    await locked.kill()
  })
})
