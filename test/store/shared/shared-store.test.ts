import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { SharedStore } from "../../../src/store/shared/shared-store.ts"
import { TemporaryFolder } from "../../temporary-folder.ts"
import { someBytes, someTrace } from "../in-store.ts"
import { finds, keeps, machine, madeTrace, now } from "./machines.ts"
import { hasNginx, startNginx, TOKEN } from "./nginx.ts"
import { startServer } from "./server.ts"

/** Every file that a server keeps below its folder, by path; what is on its way is none. */
const filesIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
const blobsIn = (folder: string, kind: "cas" | "ac") => filesIn(folder).filter((path) => path.startsWith(join(folder, kind)))
const holding = (folder: string, content: Uint8Array | string): string =>
  blobsIn(folder, "cas").find((path) => readFileSync(path).equals(Buffer.from(content)))!

const servers = [
  { name: "nginx with WebDAV", here: hasNginx(), start: (folder: string) => startNginx(folder) },
  {
    name: "sediment cache serve",
    here: true,
    start: async (folder: string) => ({ ...(await startServer(join(folder, "store"))), store: join(folder, "store") })
  }
]
if (!servers[0]!.here) console.warn("nginx with WebDAV is not installed: the shared store is not tested against it")

describe.each(servers)("the shared store on $name", ({ here, name, start }) => {
  let folder: TemporaryFolder
  let server: Awaited<ReturnType<typeof startNginx>>
  beforeEach(async () => {
    folder = new TemporaryFolder({}, "sediment-shared-")
    if (here) server = await start(folder.path)
  })
  afterEach(async () => {
    if (here) await server.stop()
    folder.remove()
  })

  it.skipIf(!here)("what one machine has made, another one finds by the values of what was read, whole", async () => {
    const one = machine(server.url, { token: TOKEN })
    expect(await one.does(keeps(1))).toEqual({ kept: 1, left: 0 })
    const other = machine(server.url, { token: TOKEN, write: false })
    const found = await other.does(finds())
    expect(found!.bytes).toEqual(Buffer.from(someBytes(1)))
    const { outputs, ...rest } = someTrace()
    expect(found!.trace).toMatchObject(rest)
    expect(found!.trace.outputs["output"]!.summary).toEqual(outputs["output"]!.summary)
    expect(await other.does(finds({ "panel column gdp": "h2", "panel rows": "31" }))).toBeUndefined()
    expect(await other.does(finds(now, "other"))).toBeUndefined()
    expect([...one.told, ...other.told]).toEqual([])
  })

  it.skipIf(!here || name !== "nginx with WebDAV")("whoever has another token, or one to read, is refused what it is not for", async () => {
    await machine(server.url, { token: TOKEN }).does(keeps(1))
    const reader = machine(server.url, { token: "READ-TOKEN" })
    expect([await reader.does(keeps(2, { code: "other" })), (await reader.does(finds()))?.trace.code]).toEqual([{ kept: 0, left: 1 }, "c0de"])
    const stranger = machine(server.url, { token: "OTHER-TOKEN" })
    expect(await stranger.does(finds())).toBeUndefined()
    expect([...reader.told, ...stranger.told]).toEqual([
      expect.stringMatching(/401\); what is made here is not kept there$/),
      expect.stringMatching(/401\); the run goes on without/)
    ])
  })

  it.skipIf(!here)("of one code that read other columns, each is found by what it read", async () => {
    const one = machine(server.url, { token: TOKEN })
    await one.does(keeps(1))
    await one.does(keeps(2, { reads: [{ read: "panel column gov", value: "g" }], at: 2000 }))
    const other = machine(server.url, { token: TOKEN, write: false })
    expect((await other.does(finds()))!.bytes).toEqual(Buffer.from(someBytes(1)))
    expect((await other.does(finds({ "panel column gov": "g" })))!.bytes).toEqual(Buffer.from(someBytes(2)))
    // Both match: the newest counts.
    expect((await other.does(finds({ ...now, "panel column gov": "g" })))!.bytes).toEqual(Buffer.from(someBytes(2)))
  })

  it.skipIf(!here)("a blob that is gone is a miss, and is there again once it was made again", async () => {
    const one = machine(server.url, { token: TOKEN })
    await one.does(keeps(1))
    rmSync(holding(server.store, someBytes(1)))
    const other = machine(server.url, { token: TOKEN })
    expect(await other.does(finds())).toBeUndefined()
    expect(other.told).toEqual([])
    expect(await other.does(keeps(1))).toEqual({ kept: 1, left: 0 })
    expect(await machine(server.url, { token: TOKEN }).does(finds())).toBeDefined()
  })

  it.skipIf(!here)("what tells the sets of reads may be gone as well: it is told anew, also by who had seen it", async () => {
    const sets = JSON.stringify([someTrace().reads.map(({ read }) => read)])
    await machine(server.url, { token: TOKEN }).does(Effect.andThen(keeps(1, { params: "f1" }), keeps(1)))
    const kept = await machine(server.url, { token: TOKEN }).does(
      Effect.gen(function* () {
        expect(yield* finds(now, "c0de", "f1")).toBeDefined()
        rmSync(holding(server.store, sets))
        yield* finds()
        return yield* keeps(1)
      })
    )
    expect(kept).toEqual({ kept: 1, left: 0 })
    expect(await machine(server.url, { token: TOKEN, write: false }).does(finds())).toBeDefined()
  })

  it.skipIf(!here)("a poisoned blob is caught by its digest, is a miss that is told, and the whole one takes its place", async () => {
    await machine(server.url, { token: TOKEN }).does(keeps(1))
    writeFileSync(holding(server.store, someBytes(1)), someBytes(2))
    const other = machine(server.url, { token: TOKEN })
    const again = await other.does(
      Effect.gen(function* () {
        expect(yield* finds()).toBeUndefined()
        return yield* keeps(1)
      })
    )
    expect(again).toEqual({ kept: 1, left: 0 })
    // Ours has seen it itself, and deleted it.
    expect(other.told).toEqual(name === "nginx with WebDAV" ? [expect.stringMatching(/what it gives for the blob \w{64} is not that: it hashes to/)] : [])
    const objects = join(other.cache, "objects")
    expect(existsSync(objects) ? filesIn(objects).filter((path) => readFileSync(path).equals(Buffer.from(someBytes(2)))) : []).toEqual([])
    expect((await machine(server.url, { token: TOKEN }).does(finds()))!.bytes).toEqual(Buffer.from(someBytes(1)))
  })

  it.skipIf(!here)("records that are cut, or are something else, and texts that are no traces, are misses", async () => {
    await machine(server.url, { token: TOKEN }).does(keeps(1))
    const records = blobsIn(server.store, "ac").map((path) => [path, readFileSync(path)] as const)
    expect(records).toHaveLength(2)
    for (const [path, bytes] of records)
      for (const other of [
        bytes.subarray(0, bytes.length / 2),
        Buffer.from("{}"),
        Buffer.from("[]"),
        Buffer.from(""),
        records.find(([one]) => one !== path)![1]
      ]) {
        writeFileSync(path, other)
        expect(await machine(server.url, { token: TOKEN }).does(finds())).toBeUndefined()
        writeFileSync(path, bytes)
      }
    expect(await machine(server.url, { token: TOKEN }).does(finds())).toBeDefined()
  })

  it.skipIf(!here)("what was to be kept is sent also where nobody waits for it: at the end of the process", async () => {
    await machine(server.url, { token: TOKEN }).does(
      Effect.gen(function* () {
        const shared = yield* SharedStore
        for (const x of [1, 2, 3, 4, 5, 6, 7, 8, 9]) shared.keep(yield* madeTrace(x, { code: `c${x}` }))
      })
    )
    const found = await machine(server.url, { token: TOKEN }).does(Effect.forEach([1, 5, 9], (x) => finds(now, `c${x}`)))
    expect(found.map((one) => one?.bytes)).toEqual([1, 5, 9].map((x) => Buffer.from(someBytes(x))))
  })

  it.skipIf(!here)("what rests on somebody's word stays where that was said, until it is proved", async () => {
    const said = { reason: "a comment", at: 1, run: "r0", command: ["sediment", "accept"], from: "other" }
    expect(await machine(server.url, { token: TOKEN }).does(keeps(1, { accepted: [said] }))).toEqual({ kept: 0, left: 1 })
    const proved = { ...said, proved: { run: "r2", at: 2 } }
    expect(await machine(server.url, { token: TOKEN }).does(keeps(1, { accepted: [proved] }))).toEqual({ kept: 1, left: 0 })
  })

  it.skipIf(!here)("blobs alone: offered by one, fetched by the other; what nobody has is told", async () => {
    const sha = await machine(server.url, { token: TOKEN }).does(
      Effect.gen(function* () {
        const { artifact } = (yield* madeTrace(7)).outputs["output"]!
        const shared = yield* SharedStore
        expect(yield* shared.offer([artifact, artifact, "ab".repeat(32)])).toEqual(["ab".repeat(32)])
        return artifact
      })
    )
    const fetched = await machine(server.url, { token: TOKEN, write: false }).does(
      Effect.gen(function* () {
        const shared = yield* SharedStore
        expect(yield* shared.offer([sha, "cd".repeat(32)])).toEqual(["cd".repeat(32)])
        return [yield* shared.fetch(sha), yield* shared.fetch("ab".repeat(32))]
      })
    )
    expect(fetched).toEqual([true, false])
  })

  it.skipIf(!here)("many traces of one key, by machines at once: all are found", async () => {
    const all = Array.from({ length: 40 }, (_, i) => i)
    const machines = [0, 1].map((half) =>
      machine(server.url, { token: TOKEN }).does(
        Effect.gen(function* () {
          const shared = yield* SharedStore
          for (const i of all.filter((one) => one % 2 === half)) shared.keep(yield* madeTrace(i, { reads: [{ read: "panel rows", value: String(i) }] }))
          return yield* shared.flush
        })
      )
    )
    expect(await Promise.all(machines)).toEqual([
      { kept: 20, left: 0 },
      { kept: 20, left: 0 }
    ])
    const found = await machine(server.url, { token: TOKEN, write: false }).does(
      Effect.forEach(all, (i) => finds({ "panel rows": String(i) }), { concurrency: "unbounded" })
    )
    expect(found.map((one) => one?.bytes)).toEqual(all.map((i) => Buffer.from(someBytes(i))))
  })
})
