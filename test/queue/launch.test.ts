import { spawnSync } from "node:child_process"
import { once } from "node:events"
import { readdirSync, writeFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { Deployment } from "kubernetes-models/apps/v1"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { parse } from "yaml"
import { ranIn, StudyFolder } from "../cli/study-folder.ts"
import { mappedStudy } from "./mapped-study.ts"
import { RedisServer, redisProgram } from "./redis-server.ts"
import { SubmittedRun } from "./submitted-run.ts"
import { WorkerProcess } from "./worker-process.ts"

const folder = new StudyFolder(mappedStudy(6, 1))
afterAll(() => folder.remove())
const start = (...args: ReadonlyArray<string>) => folder.sediment("worker", "start", ...args)

describe.skipIf(redisProgram === undefined)("workers in the background", () => {
  let redis: RedisServer
  beforeAll(async () => {
    redis = await RedisServer.start(["--requirepass", "secret"])
    process.env["SEDIMENT_QUEUE"] = redis.address.replace("//", "//:secret@")
  })
  afterAll(async () => {
    delete process.env["SEDIMENT_QUEUE"]
    await redis.kill()
  })
  const listening = () => folder.json("worker", "list").workers as ReadonlyArray<{ readonly worker: string; readonly pid: number; readonly slots: number }>

  it("--local: listen when it returns, execute a study, are listed, and end when they are asked to", async () => {
    const { code, out } = start("--local", "2", "--slots", "1", "--cache", "local", "--idle-timeout", "5m", "--json")
    expect(code).toBe(0)
    const { workers } = JSON.parse(out) as { readonly workers: ReadonlyArray<{ readonly worker: string; readonly pid: number; readonly log: string }> }
    expect(workers).toHaveLength(2)
    expect(new Set(listening().map(({ worker }) => worker))).toEqual(new Set(workers.map(({ worker }) => worker)))
    // Who looks at the processes of the machine sees no password.
    for (const { pid } of workers) expect(spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" }).stdout).not.toContain("secret")
    const document = folder.run("--cache", "local", "--executor", process.env["SEDIMENT_QUEUE"]!)
    expect(ranIn(document)).toEqual(ranIn(folder.run("--cache", "here")))
    const { out: told } = folder.sediment("worker", "list")
    expect(told.trim().split("\n")).toHaveLength(2)
    expect(told).toMatch(/ {2}[01] of 1 slot busy, \d tasks? executed, listens for .*: Sediment .*, the cache .*local/)
    const refused = folder.sediment("worker", "stop", "nobody")
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("no worker nobody listens: those that do: ")])
    expect(folder.sediment("worker", "stop", workers[0]!.worker).err).toContain("1 worker asked to end")
    while (listening().length !== 1) await sleep(100)
    expect(listening()[0]!.worker).toBe(workers[1]!.worker)
    expect(folder.sediment("worker", "stop", "--all").code).toBe(0)
    while (listening().length !== 0) await sleep(100)
    const logs = readdirSync(folder.at("local/workers")).map((name) => folder.read(`local/workers/${name}`))
    expect(logs).toHaveLength(2)
    for (const log of logs) expect(log).toContain("the worker ends, it was asked to")
    expect(folder.sediment("worker", "list").err).toBe(`no worker listens at ${redis.address.replace("//", "//:***@")}\n`)
  })

  it("--local: what a worker says that does not come to listening is told", () => {
    writeFileSync(folder.at("a-file"), "")
    const { code, err } = start("--local", "1", "--cache", "a-file")
    expect([code, err]).toEqual([2, expect.stringContaining("a-file is a file")])
    const nowhere = start("--local", "1", "--cache", "b", "--remote", "http://127.0.0.1:1", "--lease", "1s", "--queue", "redis://127.0.0.1:1")
    expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining("no Redis answers")])
  })

  it("a worker that SIGTERM ends in order exits 0, as systemd, Slurm and Kubernetes ask; after Ctrl-C it exits 130", async () => {
    const worker = () => WorkerProcess.start(folder, "--cache", "signals")
    const [a, b] = await Promise.all([worker(), worker()])
    expect(await Promise.all([a.end("SIGTERM"), b.end("SIGINT")])).toEqual([0, 130])
    expect(a.told.at(-1)).toMatchObject({ event: "ending", why: "asked" })
  })

  it("workers end in order where Redis is away, too", async () => {
    const [a, idle] = await Promise.all([
      WorkerProcess.start(folder, "--cache", "away"),
      WorkerProcess.start(folder, "--cache", "away", "--idle-timeout", "2s")
    ])
    await redis.kill()
    await a.until(() => a.told.some(({ event }) => event === "trouble"))
    expect(await a.end("SIGTERM")).toBe(0)
    if (idle.process.exitCode === null) await once(idle.process, "exit")
    expect([idle.process.exitCode, idle.told.at(-1)]).toEqual([0, expect.objectContaining({ event: "ending", why: "idle" })])
    await redis.startAgain()
  })

  it("and so do a worker that executes a task meanwhile, and a run", async () => {
    const slow = new StudyFolder(mappedStudy(8, 300))
    const worker = await WorkerProcess.start(slow, "--cache", "shared", "--slots", "1")
    const run = SubmittedRun.start(slow, process.env["SEDIMENT_QUEUE"]!, "--cache", "shared")
    await worker.until(() => worker.executed.length > 0)
    await redis.kill()
    await worker.until(() => worker.told.some(({ event }) => event === "trouble"))
    run.process.kill("SIGINT")
    expect((await run.ended).code).toBe(130)
    expect(await worker.end("SIGTERM")).toBe(0)
    await redis.startAgain()
    slow.remove()
  })
})

const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0
if (!hasSystemd) console.warn("skipped: what systemd says of the unit, since there is no systemd-analyze here")

describe("--systemd", () => {
  it.skipIf(!hasSystemd)("prints a unit that systemd takes, whatever is in the path of the cache", () => {
    const { code, out } = start("--systemd", "--cache", "a $b %c", "--slots", "3", "--grace", "2m")
    expect(code).toBe(0)
    expect(out).toContain(`worker --cache "${folder.at("a $$b %%c")}" --slots 3\n`)
    expect(out).toContain(`ReadWritePaths="${folder.at("a $b %%c")}"\n`)
    expect(out).toContain("\nTimeoutStopSec=120\n")
    writeFileSync(folder.at("sediment-worker@.service"), out)
    const verified = spawnSync("systemd-analyze", ["verify", folder.at("sediment-worker@.service")], { encoding: "utf8" })
    expect([verified.status, verified.stderr]).toEqual([0, ""])
    writeFileSync(folder.at("sediment-worker@.service"), out.replace("KillMode=mixed", "KillMode=sometimes"))
    expect(spawnSync("systemd-analyze", ["verify", folder.at("sediment-worker@.service")], { encoding: "utf8" }).stderr).toContain("sometimes")
  })
})

describe("--kubernetes", () => {
  const manifest = (...args: ReadonlyArray<string>) => {
    const { code, err, out } = start("--kubernetes", "3", "--image", "example.org/study:1", ...args)
    expect([code, err]).toEqual([0, ""])
    return parse(out)
  }
  it("prints a Deployment that is one by the schema of Kubernetes", () => {
    const one = manifest("--slots", "8", "--memory", "16Gi", "--grace", "10m")
    new Deployment(one).validate()
    expect(one).toMatchObject({ spec: { replicas: 3, template: { spec: { terminationGracePeriodSeconds: 600 } } } })
    const { containers, volumes } = one.spec.template.spec
    expect(containers[0]).toMatchObject({
      args: ["worker", "--cache", "/cache", "--slots", "8"],
      envFrom: [{ secretRef: { name: "sediment-worker" } }],
      resources: { requests: { cpu: "8", memory: "16Gi" } }
    })
    expect(volumes[0]).toEqual({ name: "cache", persistentVolumeClaim: { claimName: "sediment-cache" } })
    expect(() => new Deployment({ ...one, spec: { ...one.spec, replicas: "3" } }).validate()).toThrow("replicas")
  })
  it("with a shared store, the cache is each worker's own", () => {
    const one = manifest("--remote", "http://cache.example.org:8080", "--remote-write")
    new Deployment(one).validate()
    const { containers, volumes } = one.spec.template.spec
    expect(volumes[0]).toEqual({ name: "cache", emptyDir: {} })
    expect(containers[0].args).toEqual(["worker", "--cache", "/cache", "--remote", "http://cache.example.org:8080", "--remote-write", "--slots", "4"])
  })
})

it.each([
  [[], ["say where the workers are to run"]],
  [["--systemd", "--kubernetes", "2"], ["say where the workers are to run"]],
  [
    ["--local", "2", "--print", "--image", "a", "--", "--mem=1G"],
    ["--print is for --slurm, not for --local", "--image is for --kubernetes, not for --local", "--mem=1G: options of sbatch are for --slurm"]
  ],
  [
    ["--slurm", "2", "--wall-time", "1m", "--grace", "2m", "--", "long"],
    ["long: not an option of sbatch", "--grace 2m leaves nothing of --wall-time 1m"]
  ],
  [
    ["--kubernetes", "2", "--memory", "lots", "--idle-timeout", "5m"],
    ["--idle-timeout is for", "wants an image", '--memory is "lots"']
  ],
  [["--systemd", "--remote", "http://me:secret@cache.example.org"], ["has a password, which would be printed"]],
  [["--slurm", "2"], ["there is no queue to listen to"]]
])("worker start %j is refused in words, all of them", (args, words) => {
  const { code, err } = start(...args)
  expect(code).toBe(2)
  for (const one of words) expect(err).toContain(one)
  expect(err).not.toContain("secret")
})

it("says where there is no sbatch, and what to do", () => {
  const path = process.env["PATH"]
  process.env["PATH"] = folder.path
  process.env["SEDIMENT_QUEUE"] = "redis://127.0.0.1:1"
  const { code, err } = start("--slurm", "2", "--cache", "c")
  process.env["PATH"] = path
  delete process.env["SEDIMENT_QUEUE"]
  expect(code).toBe(2)
  expect(err).toContain("there is no sbatch here")
})
