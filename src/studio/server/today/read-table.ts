import { Effect } from "effect"
import type { StoredTable } from "../../../artifact/column.ts"
import { readArrow } from "../../../artifact/read.ts"
import { ObjectStore } from "../../../store/objects.ts"

/** Artifacts are named by their content: one that was read stays so. Those that were read last are kept, as far as their files have no more bytes together. */
const kept = new Map<string, { readonly table: StoredTable; readonly bytes: number }>()
const MOST_BYTES = 256 << 20
let bytesKept = 0

/** Reads an artifact as a table, whose columns are decoded as they are asked for. */
export const readTable = (artifact: string) =>
  Effect.gen(function* () {
    const before = kept.get(artifact)
    if (before !== undefined) {
      kept.delete(artifact)
      kept.set(artifact, before)
      return before.table
    }
    const bytes = yield* (yield* ObjectStore).get(artifact)
    // Another answer may have read it meanwhile.
    const meanwhile = kept.get(artifact)
    if (meanwhile !== undefined) return meanwhile.table
    const table = readArrow(bytes)
    kept.set(artifact, { table, bytes: bytes.length })
    bytesKept += bytes.length
    for (const [oldest, one] of kept) {
      // The newest stays, whatever it has: a picture asks of the same one several times.
      if (bytesKept <= MOST_BYTES || kept.size === 1) break
      kept.delete(oldest)
      bytesKept -= one.bytes
    }
    return table
  })
