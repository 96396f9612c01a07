import { readdirSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ObjectStore } from "../../src/store/objects.ts"
import { TraceLog } from "../../src/store/segment-log.ts"
import type { RecordedRead, Trace } from "../../src/store/trace.ts"
import { TraceIndex } from "../../src/store/traces.ts"
import { inStore, someBytes, someTrace, temporaryFolder, whole } from "./in-store.ts"

const answers =
  (values: Readonly<Record<string, string>>) =>
  (read: string): string | undefined =>
    values[read]
const today = answers({ "panel column gdp": "h1", "panel rows": "31" })

const add = (cache: string, run: string, traces: ReadonlyArray<Trace>) =>
  inStore(
    cache,
    run,
    Effect.flatMap(TraceIndex, (index) => {
      for (const trace of traces) index.add(trace)
      return index.commit
    })
  )
const find = (cache: string, lookup: (read: string) => string | undefined, code = "c0de", params = "4a4a") =>
  inStore(
    cache,
    "reader",
    Effect.map(TraceIndex, (index) => whole(index.find(code, params, lookup)))
  )
/** The index of a store that holds these traces and nothing else. */
const holding = async (...traces: ReadonlyArray<Trace>): Promise<string> => {
  const cache = temporaryFolder()
  await add(cache, "r1", traces)
  return cache
}

describe("TraceIndex", () => {
  it("a trace is found, whole, by code, parameters and today's values of what it read", async () => {
    expect(await find(await holding(someTrace()), today)).toEqual(someTrace())
  })

  it("another code, other parameters, another value, or a value unknown: no trace", async () => {
    const cache = await holding(someTrace())
    expect(await find(cache, today, "other")).toBeUndefined()
    expect(await find(cache, today, "c0de", "other")).toBeUndefined()
    expect(await find(cache, answers({ "panel column gdp": "h2", "panel rows": "31" }))).toBeUndefined()
    expect(await find(cache, answers({ "panel rows": "31" }))).toBeUndefined()
  })

  it("what a trace did not read does not count", async () => {
    expect(await find(await holding(someTrace()), answers({ "panel column gdp": "h1", "panel rows": "31", "panel column gov": "anything" }))).toEqual(
      someTrace()
    )
  })

  it("a trace that read nothing always matches", async () => {
    expect(await find(await holding(someTrace({ reads: [] })), () => undefined)).toEqual(someTrace({ reads: [] }))
  })

  it("traces that read different things live side by side", async () => {
    const other = someTrace({ reads: [{ read: "panel column gov", value: "g1" }], ms: 99 })
    const cache = await holding(someTrace(), other)
    expect(await find(cache, today)).toEqual(someTrace())
    expect(await find(cache, answers({ "panel column gov": "g1" }))).toEqual(other)
  })

  it("of several that match, the newest is found, whatever order or segment they were written in", async () => {
    const narrow = [{ read: "panel rows", value: "31" }]
    const cache = await holding(someTrace({ at: 2000, ms: 2 }), someTrace({ at: 1000, ms: 1 }))
    expect((await find(cache, today))?.ms).toBe(2)
    await add(cache, "r0", [someTrace({ at: 3000, ms: 3, reads: narrow })])
    expect((await find(cache, today))?.ms).toBe(3)
    await add(cache, "r2", [someTrace({ at: 4000, ms: 4 })])
    expect((await find(cache, today))?.ms).toBe(4)
  })

  it("while a read is unknown, a trace may match as long as no known read has another value", async () => {
    const cache = await holding(someTrace())
    const mayMatch = (lookup: (read: string) => string | undefined, code = "c0de") =>
      inStore(
        cache,
        "reader",
        Effect.map(TraceIndex, (index) => index.mayMatch(code, "4a4a", lookup))
      )
    expect(await mayMatch(today)).toBe(true)
    expect(await mayMatch(answers({ "panel rows": "31" }))).toBe(true)
    expect(await mayMatch(answers({ "panel rows": "30" }))).toBe(false)
    expect(await mayMatch(today, "other")).toBe(false)
  })

  it("the order of reads does not matter", async () => {
    const cache = await holding(someTrace({ reads: [...someTrace().reads].reverse() }))
    expect(await find(cache, today)).toEqual(someTrace())
  })

  it("a trace is findable in its own process before it is on the disk", async () => {
    const cache = temporaryFolder()
    const found = await inStore(
      cache,
      "r1",
      Effect.map(TraceIndex, (index) => {
        index.add(someTrace())
        return whole(index.find("c0de", "4a4a", today))
      })
    )
    expect(found).toEqual(someTrace())
    expect(readdirSync(cache)).toEqual([])
  })

  it("a commit makes objects durable with the traces that name them", async () => {
    const cache = temporaryFolder()
    const sha = await inStore(
      cache,
      "r1",
      Effect.gen(function* () {
        const name = yield* (yield* ObjectStore).put(someBytes(1))
        const index = yield* TraceIndex
        index.add(someTrace())
        yield* index.commit
        return name
      })
    )
    expect(readdirSync(join(cache, "objects", sha.slice(0, 2)))).toEqual([`${sha}.arrow`])
    expect(await find(cache, today)).toEqual(someTrace())
  })

  it("any read and value, of any characters, is found again and only by itself", async () => {
    const reads: fc.Arbitrary<ReadonlyArray<RecordedRead>> = fc
      .uniqueArray(fc.string({ unit: "binary", maxLength: 10 }), { maxLength: 4 })
      .chain((names) => fc.tuple(...names.map((read) => fc.string({ unit: "binary", maxLength: 5 }).map((value) => ({ read, value })))))
    await fc.assert(
      fc.asyncProperty(reads, async (reads) => {
        const cache = await holding(someTrace({ reads }))
        const values = new Map(reads.map(({ read, value }) => [read, value]))
        expect((await find(cache, (read) => values.get(read)))?.ms).toBe(12)
        for (const { read } of reads) expect(await find(cache, (asked) => (asked === read ? `${values.get(read)}!` : values.get(asked)))).toBeUndefined()
      }),
      { numRuns: 20 }
    )
  })

  it("an index that opens sees nothing to complain of", async () => {
    const cache = await holding(someTrace())
    expect(
      await inStore(
        cache,
        "reader",
        Effect.flatMap(TraceLog, (log) => log.losses)
      )
    ).toEqual([])
  })

  it("of one moment, the one that tells of a proof is found, in whatever order they are read", async () => {
    const acceptance = { reason: "the same", at: 2000, run: "r2", command: ["sediment", "accept"], from: "01d" }
    const traces = [acceptance, { ...acceptance, proved: { run: "r3", at: 3000 } }].map((one) => someTrace({ accepted: [one] }))
    const values = new Map(someTrace().reads.map(({ read, value }) => [read, value]))
    for (const order of [traces, traces.toReversed()]) {
      const cache = temporaryFolder()
      for (const [i, trace] of order.entries())
        await inStore(
          cache,
          `r-${i}`,
          Effect.flatMap(TraceIndex, (index) => {
            index.add(trace)
            return index.commit
          })
        )
      const found = await inStore(
        cache,
        "look",
        Effect.map(TraceIndex, (index) => index.find("c0de", "4a4a", (read) => values.get(read))?.accepted)
      )
      expect(found?.at(-1)?.proved).toEqual({ run: "r3", at: 3000 })
    }
  })
})
