import { basename, dirname } from "node:path"
import { Effect } from "effect"
import type { StoreFailure } from "../store/failure.ts"
import { type Loss, RunLog, TraceLog } from "../store/segment-log.ts"
import { toType } from "./command-to-type.ts"
import { styleFor } from "./style.ts"

const sentence = (folder: string, newer: boolean): string =>
  newer
    ? `some of ${folder} was written by a newer Sediment, and cannot be read by this one: what it tells of counts as if it had not run`
    : `some of ${folder} is damaged: what it told of counts as if it had not run; ${toType("verify")} tells what that is`

/** Says, once a folder, that there are records which this Sediment cannot read: what they tell of looks as if it had never run. Not of one that was not finished, which tells of nothing that was kept. */
export const tellUnread: Effect.Effect<void, StoreFailure, TraceLog | RunLog> = Effect.gen(function* () {
  const losses = [...(yield* (yield* TraceLog).losses), ...(yield* (yield* RunLog).losses)].filter(({ kind }) => kind !== "torn")
  const told = new Set(losses.map(({ kind, segment }: Loss) => sentence(folderOf(segment), kind === "newer version")))
  for (const one of told) process.stderr.write(`${styleFor(process.stderr)("yellow", "!")} ${one}\n`)
})

const folderOf = (segment: string): string => `${basename(dirname(dirname(segment)))}/${basename(dirname(segment))}`
