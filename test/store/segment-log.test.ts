import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readSegmentsOf, replaceSegments } from "../../src/store/compaction.ts"
import { encodeRecord, type LogRecord, type Loss, type RecordType, type SegmentLog, scan, TraceLog, textOf } from "../../src/store/segment-log.ts"
import { temporaryFolder } from "./in-store.ts"

const withLog = <A, E>(cache: string, run: string, use: (log: SegmentLog) => Effect.Effect<A, E>): Promise<A> =>
  Effect.runPromise(Effect.flatMap(TraceLog, use).pipe(Effect.provide(TraceLog.layer(cache, run))))
const texts = (records: ReadonlyArray<LogRecord>) => records.map(textOf)
const recordsOf = (log: SegmentLog, type: RecordType) => Effect.map(log.records, (records) => texts(records(type)))
const append = (cache: string, run: string, records: ReadonlyArray<string>) =>
  withLog(cache, run, (log) => {
    for (const record of records) log.append("trace", record)
    return log.flushAfter(Effect.void)
  })
const open = (cache: string) => withLog(cache, "reader", (log) => Effect.all({ traces: recordsOf(log, "trace"), losses: log.losses }))

/** A segment's bytes as a process writes them. */
const segmentOf = async (records: ReadonlyArray<string>): Promise<Buffer> => {
  const cache = temporaryFolder()
  await append(cache, "r1", records)
  return readFileSync(join(cache, "traces", "r1.log"))
}
const scanned = (bytes: Buffer) => {
  const found: Array<string> = []
  const losses: Array<Pick<Loss, "kind" | "offset" | "bytes">> = []
  scan(
    bytes,
    (start, end) => found.push(bytes.toString("utf8", start + 1, end)),
    (kind, offset, count) => losses.push({ kind, offset, bytes: count })
  )
  return { found, losses }
}
const isSubsequence = (part: ReadonlyArray<string>, whole: ReadonlyArray<string>): boolean => {
  let at = 0
  for (const item of whole) if (at < part.length && part[at] === item) at++
  return at === part.length
}
const bodies = fc.array(fc.string({ unit: "grapheme", maxLength: 60 }), { minLength: 1, maxLength: 6 })

describe("the segment log", () => {
  it("what was flushed is read by the next process, by type, across segments", async () => {
    const cache = temporaryFolder()
    await append(cache, "r2", ["c"])
    await append(cache, "r1", ["a", "b\nof two lines"])
    await withLog(cache, "r3", (log) => {
      log.append("node", "n")
      return log.flushAfter(Effect.void)
    })
    expect((await open(cache)).traces).toEqual(["a", "b\nof two lines", "c"])
    expect(await withLog(cache, "r4", (log) => Effect.all([recordsOf(log, "node"), recordsOf(log, "run")]))).toEqual([["n"], []])
  })

  it("goes on in a further segment when one is full, and is read in order", async () => {
    const cache = temporaryFolder()
    const written = Array.from({ length: 9 }, (_, i) => `record ${i}`)
    const sizes = await Effect.runPromise(
      Effect.gen(function* () {
        const log = yield* TraceLog
        for (const [i, record] of written.entries()) {
          log.append("trace", record)
          if (i % 2 === 0) yield* log.flushAfter(Effect.void)
        }
        return yield* log.sizes
      }).pipe(Effect.provide(TraceLog.layer(cache, "r1", 60)))
    )
    const files = readdirSync(join(cache, "traces")).sort()
    expect(files.length).toBeGreaterThan(2)
    expect([...sizes].sort()).toEqual(files.map((name) => [name, readFileSync(join(cache, "traces", name)).length]))
    expect([...(await open(cache)).traces].sort()).toEqual(written)
  })

  it("gives each record once to whoever asks after some of them were flushed", async () => {
    const cache = temporaryFolder()
    const seen = await withLog(cache, "r1", (log) =>
      Effect.gen(function* () {
        log.append("trace", "a")
        yield* log.flushAfter(Effect.void)
        log.append("trace", "b")
        return yield* recordsOf(log, "trace")
      })
    )
    expect(seen).toEqual(["a", "b"])
  })

  it("segments that are put in the place of others are no larger than can be read", async () => {
    const cache = temporaryFolder()
    const folder = join(cache, "traces")
    const written = Array.from({ length: 9 }, (_, i) => `record ${i}`)
    await append(cache, "r1", written)
    const old = readSegmentsOf(folder)
    replaceSegments(
      folder,
      old,
      old.flatMap(({ records }) => records.map(({ whole }) => whole)),
      60
    )
    expect(readdirSync(folder).length).toBeGreaterThan(2)
    expect((await open(cache)).traces).toEqual(written)
  })

  it("what was appended is seen at once by the same process", async () => {
    expect(
      await withLog(temporaryFolder(), "r1", (log) => {
        log.append("trace", "a")
        return recordsOf(log, "trace")
      })
    ).toEqual(["a"])
  })

  it("no segment is made before the first record is flushed", async () => {
    const cache = join(temporaryFolder(), "cache")
    await withLog(cache, "r1", (log) => log.flushAfter(Effect.void))
    expect(existsSync(cache)).toBe(false)
  })

  it("no process writes into another's segment", async () => {
    const cache = temporaryFolder()
    await append(cache, "r1", ["a"])
    await expect(append(cache, "r1", ["b"])).rejects.toThrow(/r1\.log/)
    expect((await open(cache)).traces).toEqual(["a"])
  })

  it("records appended while the first part of a flush runs wait for the next flush", async () => {
    const cache = temporaryFolder()
    await withLog(cache, "r1", (log) => {
      log.append("trace", "a")
      return log.flushAfter(Effect.sync(() => void log.append("trace", "b")))
    })
    expect((await open(cache)).traces).toEqual(["a"])
  })

  it("if what must come first fails, nothing is written, and the next flush writes it", async () => {
    const cache = temporaryFolder()
    await withLog(cache, "r1", (log) => {
      log.append("trace", "a")
      return log.flushAfter(Effect.fail("no space")).pipe(
        Effect.flip,
        Effect.tap(() => Effect.sync(() => expect(existsSync(join(cache, "traces"))).toBe(false))),
        Effect.andThen(log.flushAfter(Effect.void))
      )
    })
    expect((await open(cache)).traces).toEqual(["a"])
  })

  it("a truncated segment gives the whole records before the cut, and says that its end is torn", async () => {
    const records = ["first", "second, with é", "third"]
    const whole = await segmentOf(records)
    for (let length = 0; length <= whole.length; length++) {
      const { found, losses } = scanned(whole.subarray(0, length))
      expect(records.slice(0, found.length)).toEqual(found)
      const wholeBefore = 8 + found.reduce((sum, text) => sum + encodeRecord("trace", text).length, 0)
      expect(losses).toEqual(
        length === wholeBefore || length === 0
          ? []
          : [{ kind: "torn", offset: length < 8 ? 0 : wholeBefore, bytes: length < 8 ? length : length - wholeBefore }]
      )
    }
  })

  it("after any one flipped bit all records but the one that it hit are read, and the loss is told", async () => {
    const records = ["first", "second, with é", "third"]
    const whole = await segmentOf(records)
    for (let bit = 0; bit < 8 * whole.length; bit++) {
      const bytes = Buffer.from(whole)
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      const { found, losses } = scanned(bytes)
      expect(isSubsequence(found, records)).toBe(true)
      expect(found.length).toBeGreaterThanOrEqual(bit < 64 ? 3 : 2)
      expect(losses.length).toBe(1)
    }
  })

  it("whatever is cut off, flipped, or put between, a record is read whole or not at all", async () => {
    await fc.assert(
      fc.asyncProperty(
        bodies,
        fc.array(fc.record({ at: fc.nat(), bit: fc.nat(7) }), { maxLength: 6 }),
        fc.option(fc.record({ at: fc.nat(), junk: fc.uint8Array({ maxLength: 40 }) }), { nil: undefined }),
        fc.option(fc.nat(), { nil: undefined }),
        async (records, flips, insertion, cut) => {
          let bytes = await segmentOf(records)
          for (const { at, bit } of flips) bytes[at % bytes.length]! ^= 1 << bit
          if (insertion !== undefined) {
            const at = insertion.at % (bytes.length + 1)
            bytes = Buffer.concat([bytes.subarray(0, at), insertion.junk, bytes.subarray(at)])
          }
          if (cut !== undefined) bytes = bytes.subarray(0, cut % (bytes.length + 1))
          expect(isSubsequence(scanned(bytes).found, records)).toBe(true)
        }
      ),
      { numRuns: 60 }
    )
  })

  it("what a damaged segment lost is told with its path; other segments are whole", async () => {
    const cache = temporaryFolder()
    await append(cache, "r1", ["a", "b"])
    await append(cache, "r2", ["c"])
    const path = join(cache, "traces", "r1.log")
    const bytes = readFileSync(path)
    bytes[8 + 12 + 1]! ^= 1
    writeFileSync(path, bytes)
    expect(await open(cache)).toEqual({ traces: ["b", "c"], losses: [{ segment: path, kind: "damaged", offset: 8, bytes: 14 }] })
  })

  it("a segment of a newer version is left unread and told", async () => {
    const cache = temporaryFolder()
    mkdirSync(join(cache, "traces"))
    const path = join(cache, "traces", "r1.log")
    const record = encodeRecord("trace", "a")
    record[3] = 2
    writeFileSync(path, Buffer.concat([Buffer.from("SEDLOG\x02\n"), record]))
    const { traces, losses } = await open(cache)
    expect(traces).toEqual([])
    expect(losses.map(({ kind }) => kind)).toEqual(["newer version"])
    expect(readdirSync(join(cache, "traces"))).toEqual(["r1.log"])
  })
})
