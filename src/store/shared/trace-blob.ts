/** What comes out of the shared store is anybody's text until it was looked at. */
import { Option, Schema } from "effect"
import { Fault } from "../../dag/stage.ts"
import type { Trace } from "../trace.ts"
import { encodeTrace } from "../trace-table.ts"
import { SHA256 } from "./action-result.ts"

const Sha = Schema.String.check(Schema.isPattern(SHA256))
const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const Summary = Schema.Struct({
  rows: Count,
  columns: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      kind: Schema.Literals(["number", "integer", "text", "category", "flag"]),
      unit: Schema.String,
      description: Schema.String,
      nulls: Count,
      data: Sha,
      metadata: Sha
    })
  ),
  notes: Schema.Array(Schema.String)
})
const Rest = Schema.Struct({
  outputs: Schema.Record(Schema.NonEmptyString, Schema.Struct({ artifact: Sha, summary: Summary })),
  warnings: Schema.Array(Fault),
  ms: Schema.Finite,
  // A run's name is told to whoever asks where a number comes from.
  run: Schema.String.check(Schema.isPattern(/^[\w.-]{1,64}$/))
})
const decodeRest = Schema.decodeUnknownOption(Schema.fromJsonString(Rest))
const decodeReads = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.Array(Schema.String)))

/** A trace without what somebody said of it in one place: an acceptance stays where it was said. */
export const traceBlob = (trace: Trace): Buffer => {
  const { at, code, ms, outputs, params, reads, run, warnings } = trace
  return Buffer.from(encodeTrace({ at, code, ms, outputs, params, reads, run, warnings }))
}

/** The trace that a blob's text is, where it has this head; undefined where it is none, or another one. */
export const readTraceBlob = (blob: Buffer, head: string): Trace | undefined => {
  const text = blob.toString("utf8")
  const first = text.indexOf("\n")
  if (!text.startsWith(`${head}\n`, first + 1)) return undefined
  const rest = Option.getOrUndefined(decodeRest(text.slice(first + 1 + head.length + 1)))
  const at = Number.parseInt(text.slice(0, first).split(" ")[4] ?? "", 16)
  const [key = "", names = "", values = ""] = head.split("\n")
  const [code = "", params = ""] = key.split(" ")
  const [read, found] = [Option.getOrUndefined(decodeReads(names)), Option.getOrUndefined(decodeReads(values))]
  if (rest === undefined || !Number.isSafeInteger(at) || read === undefined || found?.length !== read.length) return undefined
  return { code, params, reads: read.map((one, i) => ({ read: one, value: found[i]! })), ...rest, at }
}

const decodeSets = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.Array(Schema.Array(Schema.String))))
/** The distinct sets of reads in a blob's text; none where it is something else. */
export const readSets = (blob: Buffer): ReadonlyArray<ReadonlyArray<string>> => Option.getOrElse(decodeSets(blob.toString("utf8")), () => [])
