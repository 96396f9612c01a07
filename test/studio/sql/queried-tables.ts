/** Artifacts that queries are run on, and what they come to. */
import { hash } from "node:crypto"
import * as duckdb from "@duckdb/node-api"
import type { StoredColumn } from "../../../src/artifact/column.ts"
import { writeArrow } from "../../../src/artifact/write.ts"
import type { SqlFault, SqlResult } from "../../../src/studio/messages/sql.ts"
import type { FileWanted, Limits, Query } from "../../../src/studio/server/sql/protocol.ts"
import { QueryRunner } from "../../../src/studio/server/sql/query-runner.ts"

const column = (name: string, kind: StoredColumn["kind"], values: StoredColumn["values"], rest: Partial<StoredColumn> = {}): StoredColumn => ({
  name,
  kind,
  values,
  valid: undefined,
  unit: "",
  description: "",
  ...rest
})

export const YEARS = 5000
const panel = [
  column(
    "province",
    "category",
    Array.from({ length: YEARS }, (_, i) => ["河北", "Hebei's", "x"][i % 3]!)
  ),
  column(
    "year",
    "integer",
    Int32Array.from({ length: YEARS }, (_, i) => i),
    { valid: Uint8Array.from({ length: YEARS }, (_, i) => (i === 4 ? 0 : 1)) }
  ),
  column(
    "gdp",
    "number",
    Float64Array.from({ length: YEARS }, (_, i) => (i === 2 ? Number.NaN : i / 4)),
    {
      valid: Uint8Array.from({ length: YEARS }, (_, i) => (i === 2 ? 0 : 1)),
      unit: "10^8 yuan",
      description: "gross regional product, the province's"
    }
  ),
  column(
    "gdp__filled",
    "flag",
    Uint8Array.from({ length: YEARS }, (_, i) => (i === 1 ? 1 : 0))
  ),
  column(
    "GDP",
    "text",
    Array.from({ length: YEARS }, (_, i) => (i === 3 ? "" : `t\0${i}`)),
    { valid: Uint8Array.from({ length: YEARS }, (_, i) => (i === 3 ? 0 : 1)) }
  )
]
const one = [column("a", "integer", Int32Array.of(1))]

const objects = new Map<string, Uint8Array>()
/** How often an artifact was read. */
export const reads = { count: 0 }
const put = (columns: ReadonlyArray<StoredColumn>) => {
  const bytes = writeArrow({ rows: columns[0]?.values.length ?? 0, columns, notes: [] })
  const name = hash("sha256", bytes)
  objects.set(name, bytes)
  return name
}
const table = (node: string, output: string, artifact: string, name = node, stale = false) => ({ name, node, output, artifact, stale })
export const panelObject = put(panel)
const oneObject = put(one)
export const tables = [
  table("panel", "output", panelObject),
  table("replicates[0]", "output", oneObject),
  table("ranks", "output", oneObject, "ranks", true),
  table("ranks", "output", oneObject, "ranks.output", true),
  table("ranks", "by year", oneObject, "ranks.by year"),
  table("model", "coefficients", oneObject, "model.coefficients"),
  table("model", "glance", oneObject, "model.glance"),
  table("lost", "output", "0".repeat(64)),
  table("Same", "output", oneObject),
  table("same", "output", panelObject),
  table("none", "output", put([]))
]
export const query = (text: string, of = "today"): Query => ({
  of,
  query: text,
  tables,
  without: [{ name: "failed", why: "failed has no artifact yet, since it failed" }]
})

const limits: Limits = { rows: 100, milliseconds: 20_000, memory: 2.5e8, threads: 2 }
export const runnerWith = (more: Partial<Limits> = {}) =>
  new QueryRunner(duckdb, { ...limits, ...more }, async (artifact) => {
    reads.count++
    const bytes = objects.get(artifact)
    if (bytes === undefined) throw new Error(`object ${artifact} is missing`)
    return bytes
  })
export const runner = runnerWith()
let id = 0
export const outcome = (text: string, { from = runner, file }: { readonly from?: QueryRunner; readonly file?: FileWanted } = {}) =>
  from.run(id++, query(text), file)
export const rows = async (text: string, from = runner) => {
  const result = (await outcome(text, { from })) as SqlResult | SqlFault
  if ("fault" in result) throw new Error(`${result.fault.kind}: ${result.fault.message}`)
  return result
}
export const fault = async (text: string, from = runner) => {
  const result = (await outcome(text, { from })) as SqlResult | SqlFault
  if (!("fault" in result)) throw new Error(`no fault: ${JSON.stringify(result.rows)}`)
  return result.fault
}
