/** What a studio tells of runs, and what it does with them, as the page asks and is told. */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { ownMark } from "../../../src/store/process-mark.ts"
import type { StudioEvent } from "../../../src/studio/messages/event.ts"
import { noCommands } from "../../cli/commands/command-study.ts"
import { FollowedEvents } from "../followed-events.ts"
import { HeldStudy } from "../held-study.ts"
import { Studio } from "../studio.ts"

const finished = ({ event }: StudioEvent): boolean => event === "run-finished"
const started = ({ event }: StudioEvent): boolean => event === "run-started"

interface Underway {
  readonly runs: ReadonlyArray<{
    readonly run: string
    readonly due: number
    readonly done: number
    readonly fromHere: boolean
    readonly canBeEnded: boolean
    readonly running: ReadonlyArray<{ readonly node: string }>
    readonly settled: ReadonlyArray<{ readonly state: string; readonly nodes: ReadonlyArray<string> }>
  }>
}

describe.skipIf(noCommands)("runs, followed", () => {
  const study = new HeldStudy()
  const liveFiles = () => (existsSync(join(study.path, "cache/live")) ? readdirSync(join(study.path, "cache/live")) : [])
  let studio: Studio
  let events: FollowedEvents
  beforeAll(async () => {
    studio = await Studio.start(study.path)
    await studio.ask("studies", {})
    events = await FollowedEvents.follow(studio)
  })
  // Whoever waits for one that is held would wait for ever.
  afterEach(() => study.letGo("one", "two"))
  afterAll(async () => {
    events.close()
    await studio.end()
    study.remove()
  })
  const underway = async () => ((await studio.ask("underway", {})).body as Underway).runs
  const ended = (child: ReturnType<HeldStudy["start"]>) =>
    new Promise<number | null>((resolve) => (child.exitCode === null ? child.once("exit", resolve) : resolve(child.exitCode)))

  it("one that is typed in a terminal is told node by node, leaves no file behind, and whoever comes late learns of it", async () => {
    for (const node of ["one", "two"]) study.hold(node)
    const from = events.events.length
    const run = study.start("run", "--jobs", "1")
    await study.begun("one")
    await events.until(({ event }) => event === "node-started", from)
    expect(liveFiles()).toHaveLength(1)
    const late = await FollowedEvents.follow(studio)
    expect(late.events).toEqual([])
    late.close()
    expect(await underway()).toMatchObject([
      {
        due: 3,
        done: 0,
        fromHere: false,
        canBeEnded: true,
        command: ["sediment", "run", "--jobs", "1"],
        studies: ["held"],
        running: [{ node: "one", attempts: 1 }]
      }
    ])
    study.letGo("one")
    await study.begun("two")
    await events.until((event) => event.event === "node-started" && event.node === "two", from)
    expect(await underway()).toMatchObject([{ done: 1, running: [{ node: "two" }], settled: [{ study: "held", state: "ran", nodes: ["one"] }] }])
    study.letGo("two")
    expect(await events.until(finished, from)).toMatchObject({ outcome: "ok", studies: ["held"] })
    expect(await ended(run)).toBe(0)
    expect(await underway()).toEqual([])
    expect(liveFiles()).toEqual([])
    const told = events.events.slice(from).flatMap((event) => (event.event === "node-finished" ? [[event.node, event.state, event.changed]] : []))
    expect(told).toEqual([
      ["one", "ran", true],
      ["two", "ran", true],
      ["last", "ran", true]
    ])
  })

  it("one with nothing to do tells nothing", async () => {
    const from = events.events.length
    expect(study.sediment("run").code).toBe(0)
    expect(liveFiles()).toEqual([])
    // Its record is in the store.
    await events.until((event) => event.event === "changed" && event.what === "store", from)
    expect(events.events.slice(from).filter(({ event }) => event !== "changed")).toEqual([])
  })

  it("nodes that are cut off are told together as fresh, and a failure with its words", async () => {
    study.hold("one")
    study.letGo("one")
    let from = events.events.length
    study.sediment("run")
    await events.until(finished, from)
    expect(events.events.slice(from)).toContainEqual(expect.objectContaining({ event: "node-finished", node: "one", state: "ran", changed: false }))
    expect(events.events.slice(from)).toContainEqual(expect.objectContaining({ event: "nodes-settled", state: "fresh", nodes: ["last"] }))
    study.hold("one")
    study.letGo("one")
    study.fail("one")
    from = events.events.length
    expect(study.sediment("run").code).toBe(1)
    expect(await events.until(finished, from)).toMatchObject({ outcome: "failed" })
    const failed = await events.until((event) => event.event === "node-finished" && event.state === "failed", from)
    expect(failed).toMatchObject({ node: "one", faults: [{ message: expect.stringContaining("this was to fail") }] })
    expect(events.events.slice(from)).toContainEqual(expect.objectContaining({ event: "nodes-settled", state: "blocked", nodes: ["last"] }))
    study.writeAll({ "one.fail": undefined })
  })

  it("one that is started from the page is a process of its own, which the page can end; a second one is refused, unless it is to go on beside", async () => {
    study.hold("one")
    const from = events.events.length
    const begun = await studio.ask("run", { study: "held", nodes: [] })
    expect(begun).toMatchObject({ status: 200, body: { state: "begun" } })
    const { run } = begun.body as { readonly run: string }
    await study.begun("one")
    expect(await underway()).toMatchObject([{ run, fromHere: true }])
    const second = await studio.ask("run", { study: "held", nodes: [] })
    expect(second).toMatchObject({
      status: "failed",
      body: {
        errors: [
          { code: "underway", message: expect.stringMatching(/^a run of held goes on since \d\d:\d\d:\d\d, started here: wait for its end, or cancel it$/) }
        ]
      }
    })
    expect(await studio.ask("cancel", { run, how: "interrupt" })).toMatchObject({ status: 200 })
    expect(await events.until(finished, from)).toMatchObject({ run, outcome: "interrupted" })
    expect(await underway()).toEqual([])
    expect(await studio.ask("cancel", { run, how: "interrupt" })).toMatchObject({ status: "failed", body: { errors: [{ code: "over" }] } })
    study.letGo("one")
    const then = events.events.length
    expect(await studio.ask("run", { study: "held", nodes: ["one"] })).toMatchObject({ status: 200 })
    expect(await events.until(finished, then)).toMatchObject({ outcome: "ok" })
  })

  it("one that was started in a terminal is ended from the page too", async () => {
    study.hold("two")
    const from = events.events.length
    const child = study.start("run")
    const begun = await events.until(started, from)
    await study.begun("two")
    const cancel = () => studio.ask("cancel", { run: (begun as { run: { run: string } }).run.run, how: "interrupt" })
    // Twice at once is as once: a second Ctrl-C would not wait for a clean end.
    for (const { status } of await Promise.all([cancel(), cancel()])) expect(status).toBe(200)
    expect(await ended(child)).toBe(130)
    expect(await events.until(finished, from)).toMatchObject({ outcome: "interrupted" })
    study.letGo("two")
  })

  it("one that is killed is told as killed, and its file taken away", async () => {
    study.hold("two")
    const from = events.events.length
    const child = study.start("run")
    await study.begun("two")
    await events.until(started, from)
    child.kill("SIGKILL")
    await ended(child)
    expect(await events.until(finished, from)).toMatchObject({ outcome: "killed" })
    expect(liveFiles()).toEqual([])
    study.letGo("two")
    expect(study.sediment("run").code).toBe(0)
  })

  it("the file of a run that was killed while nobody followed is taken away by the next run, and by a studio that opens", async () => {
    const text = `${JSON.stringify({ live: 1, run: "20200101T000000-00000000", at: 0, command: [], studies: ["held"], due: 1, pid: 1, process: { ...ownMark(), started: "1" } })}\n`
    await studio.end()
    study.write("cache/live/20200101T000000-00000000.ndjson", text)
    study.write("cache/live/foreign.ndjson", '{"live":2}\n')
    studio = await Studio.start(study.path)
    expect(await underway()).toEqual([])
    expect(liveFiles()).toEqual(["foreign.ndjson"])
    study.write("cache/live/20200101T000000-00000000.ndjson", text)
    study.hold("one")
    study.letGo("one")
    await studio.end()
    study.sediment("run")
    expect(liveFiles()).toEqual(["foreign.ndjson"])
    study.writeAll({ "cache/live/foreign.ndjson": undefined })
    studio = await Studio.start(study.path)
    events.close()
    events = await FollowedEvents.follow(studio)
  })

  it("what is wrong with the study is told to whoever runs it, in words", async () => {
    study.edit("dag.ts", "Dag.make(", "Dag.make((")
    expect(await studio.ask("run", { study: "held", nodes: [] })).toMatchObject({
      status: "failed",
      body: { errors: [{ code: "compile", message: expect.stringContaining("dag.ts:") }] }
    })
    study.edit("dag.ts", "Dag.make((", "Dag.make(")
    expect(await studio.ask("run", { study: "held", nodes: ["nothing"] })).toMatchObject({ status: "failed", body: { errors: [{ code: "unknown-node" }] } })
    expect(await studio.ask("run", { study: "other", nodes: [] })).toMatchObject({ status: "failed", body: { errors: [{ code: "unknown-study" }] } })
  })

  it("two studios of one cache tell the same; one that is read-only runs and ends nothing", async () => {
    const other = await Studio.start(study.path, ["--read-only"])
    const seen = await FollowedEvents.follow(other)
    study.hold("one")
    const { body } = await studio.ask("run", { study: "held", nodes: [] })
    const { run } = body as { readonly run: string }
    expect(await seen.until(started)).toMatchObject({ run: { run, fromHere: false } })
    for (const [name, asked] of [
      ["run", { study: "held", nodes: [] }],
      ["cancel", { run, how: "interrupt" }]
    ] as const)
      expect(await other.ask(name, asked)).toMatchObject({ status: 403, body: { errors: [{ code: "read-only" }] } })
    study.letGo("one")
    expect(await seen.until(finished)).toMatchObject({ run, outcome: "ok" })
    seen.close()
    await other.end()
  })

  it("those that it started end with the studio, and what ran is kept", async () => {
    study.hold("one")
    const { body } = await studio.ask("run", { study: "held", nodes: [] })
    const { run } = body as { readonly run: string }
    await study.begun("one")
    const pid = Number(/"pid":(\d+)/.exec(readFileSync(join(study.path, "cache/live", `${run}.ndjson`), "utf8"))![1])
    expect(await studio.end()).toBe(130)
    expect(() => process.kill(pid, 0)).toThrow()
    expect(liveFiles()).toEqual([])
    expect(study.json("runs").runs[0]).toMatchObject({ run, ok: false })
    study.letGo("one")
  })

  it("those that it started end as well where it is killed", async () => {
    studio = await Studio.start(study.path)
    study.hold("one")
    const { body } = await studio.ask("run", { study: "held", nodes: [] })
    const { run } = body as { readonly run: string }
    await study.begun("one")
    await studio.end("SIGKILL")
    for (let i = 0; liveFiles().length > 0 && i < 500; i++) await new Promise((done) => setTimeout(done, 10))
    expect(liveFiles()).toEqual([])
    expect(study.json("runs").runs[0]).toMatchObject({ run, ok: false })
    study.letGo("one")
  })
})
