import { existsSync } from "node:fs"
import { setTimeout as wait } from "node:timers/promises"
import { pathToFileURL } from "node:url"
import { Effect, Fiber } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import type { Query } from "../../../src/studio/server/sql/protocol.ts"
import { LIMITS, QueryProcess } from "../../../src/studio/server/sql/query-process.ts"
import { TemporaryFolder } from "../../temporary-folder.ts"

/** What DuckDB may be at its worst: it answers nothing, and hears of no end, until it has been started a second time. */
const DEAF = `import { existsSync, writeFileSync } from "node:fs"
const started = new URL("started", import.meta.url)
const first = !existsSync(started)
writeFileSync(started, "")
process.on("disconnect", () => process.exit())
process.on("message", ({ id }) => {
  if (first) writeFileSync(new URL("asked-" + id, import.meta.url), "")
  else process.send({ id, outcome: { fault: { kind: "second", message: String(id), at: null } } })
})
process.send({ ready: true })
`
const folder = new TemporaryFolder({ "deaf.mjs": DEAF })
afterAll(() => folder.remove())

const query = (text: string): Query => ({ of: "today", query: text, tables: [], without: [] })

describe("the process of queries", () => {
  it("ends with a query that hears of no end, and those of others begin again", async () => {
    const queries = new QueryProcess(pathToFileURL(folder.at("deaf.mjs")), { cache: folder.path, limits: LIMITS }, 20)
    const endless = Effect.runFork(queries.run(query("endless")))
    const other = Effect.runPromise(queries.run(query("other")))
    while (!["asked-0", "asked-1"].every((name) => existsSync(folder.at(name)))) await wait(10)
    await Effect.runPromise(Fiber.interrupt(endless))
    expect(await other).toEqual({ fault: { kind: "second", message: "1", at: null } })
  })
})
