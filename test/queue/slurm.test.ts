import { readdirSync, writeFileSync } from "node:fs"
import { text } from "node:stream/consumers"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ranIn, StudyFolder } from "../cli/study-folder.ts"
import { mappedStudy } from "./mapped-study.ts"
import { RedisServer, redisProgram } from "./redis-server.ts"
import { SlurmCluster, whyNoSlurm } from "./slurm-cluster.ts"

// Slurm may let minutes pass before it begins what was queued again: no landing waits for that.
const isAsked = process.env["SEDIMENT_TEST_SLURM"] === "1"
const whyNot = !isAsked ? "they take minutes: SEDIMENT_TEST_SLURM=1 asks for them" : redisProgram === undefined ? "there is no redis-server here" : whyNoSlurm
if (whyNot !== undefined) console.warn(`skipped: workers on Slurm, since ${whyNot}`)

describe.skipIf(whyNot !== undefined)("workers on Slurm", { timeout: 180_000 }, () => {
  const folder = new StudyFolder(mappedStudy(12, 20))
  let redis: RedisServer
  let slurm: SlurmCluster
  beforeAll(async () => {
    redis = await RedisServer.start(["--requirepass", "secret"])
    slurm = await SlurmCluster.start()
    Object.assign(process.env, slurm.environment, { SEDIMENT_QUEUE: address() })
  }, 120_000)
  afterAll(async () => {
    for (const name of ["SLURM_CONF", "SEDIMENT_QUEUE"]) delete process.env[name]
    await slurm?.end()
    await redis?.kill()
    folder.remove()
  })
  const address = () => redis.address.replace("//", "//:secret@")
  const start = (...args: ReadonlyArray<string>): string => {
    const { code, err, out } = folder.sediment("worker", "start", "--json", "--lease", "2s", ...args)
    if (code !== 0) throw new Error(err + out)
    return (JSON.parse(out) as { readonly job: string }).job
  }
  const listening = () => folder.json("worker", "list").workers as ReadonlyArray<{ readonly worker: string; readonly pid: number; readonly slots: number }>
  const untilListening = async (n: number) => {
    while (listening().length !== n) await sleep(200)
  }
  const logs = (cache: string) => readdirSync(folder.at(`${cache}/workers`)).map((name) => folder.read(`${cache}/workers/${name}`))
  const areAll = (state: string) => (tasks: ReadonlyArray<Readonly<Record<string, string>>>) => tasks.every(({ JobState }) => JobState === state)

  it("execute a study, and come to what it comes to without; those that have nothing to do end, and the job is complete", async () => {
    // It waits for workers, so that these find what to do however slowly things go here.
    const run = folder.start("run", "--json", "--cache", "a", "--executor", address())
    const said = text(run.stdout)
    const job = start("--slurm", "2", "--cache", "a", "--slots", "2", "--idle-timeout", "3s", "--", "--comment=two words")
    expect(slurm.tasksOf(job)[0]).toMatchObject({ NumCPUs: "2", Requeue: "1" })
    expect(slurm.ask("squeue", "-ho", "%k", "--job", job)).toMatch(/^two words\n/)
    const there = JSON.parse(await said) as ReturnType<StudyFolder["run"]>
    const here = folder.run("--cache", "here")
    expect(ranIn(there)).toEqual(ranIn(here))
    expect(there.nodes.map(({ artifacts }) => artifacts)).toEqual(here.nodes.map(({ artifacts }) => artifacts))
    await slurm.until(job, areAll("COMPLETED"))
    expect(slurm.tasksOf(job).map(({ ExitCode }) => ExitCode)).toEqual(["0:0", "0:0"])
    for (const log of logs("a")) expect(log).toMatch(/listens: 2 slots, [\s\S]*the worker ends, it had nothing to do/)
    expect(logs("a").join("").match(/✓/g)).toHaveLength(13)
  })

  it("take nothing new before the time of the job is over; Slurm's own signal ends them in order, too; so does worker stop", async () => {
    const timed = start("--slurm", "1", "--cache", "b", "--wall-time", "1m", "--grace", "57s")
    const signalled = start("--slurm", "1", "--cache", "c")
    const stopped = start("--slurm", "1", "--cache", "d")
    await slurm.until(timed, areAll("COMPLETED"))
    expect(slurm.tasksOf(timed)).toMatchObject([{ TimeLimit: "00:01:00", ExitCode: "0:0" }])
    expect(logs("b")[0]).toContain("the worker ends, its time is up")
    await untilListening(2)
    slurm.ask("scancel", "--batch", "--signal=TERM", signalled)
    await slurm.until(signalled, areAll("COMPLETED"))
    expect(logs("c")[0]).toContain("the worker ends, it was asked to")
    const [other] = listening()
    expect(folder.sediment("worker", "stop", other!.worker).code).toBe(0)
    await slurm.until(stopped, areAll("COMPLETED"))
    expect(slurm.tasksOf(stopped)).toMatchObject([{ ExitCode: "0:0" }])
  })

  it("are started again where Slurm takes them off their machine", async () => {
    const job = start("--slurm", "1", "--cache", "e")
    await untilListening(1)
    const [before] = listening()
    slurm.ask("scontrol", "requeue", job)
    // Slurm lets two minutes pass before it begins a job again. Whoever asks for it sooner, again and again, puts it off each time.
    await slurm.until(job, (tasks) => tasks.every(({ JobState, Restarts }) => Restarts === "1" && JobState === "RUNNING"))
    while (listening().length !== 1 || listening()[0]?.worker === before!.worker) await sleep(200)
    expect(folder.run("--cache", "e", "--executor", address()).ok).toBe(true)
    slurm.ask("scancel", job)
    await untilListening(0)
  })

  it("--print: what sbatch takes, without the address", async () => {
    const { code, out } = folder.sediment("worker", "start", "--slurm", "3", "--cache", "f", "--print", "--wall-time", "26h", "--", "--partition=all")
    expect(code).toBe(0)
    expect(out).not.toContain("secret")
    expect(out).toContain("#SBATCH --time=1-02:00:00\n#SBATCH --signal=B:TERM@300\n#SBATCH --requeue\n")
    expect(out).toContain(" --idle-timeout 10m --wall-time 1555m ")
    writeFileSync(folder.at("workers.slurm"), out)
    expect(slurm.ask("sbatch", "--test-only", folder.at("workers.slurm"))).toMatch(/^sbatch: Job \d+ to start at .* on nodes one in partition all\n$/)
  })

  it("what Slurm refuses is told in its words", () => {
    const { code, err } = folder.sediment("worker", "start", "--slurm", "1", "--cache", "g", "--", "--partition=none")
    expect(code).toBe(1)
    expect(err).toMatch(/^sediment: Slurm did not take the job: .*invalid partition/)
  })
})
