import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ObjectStore } from "../../../src/store/objects.ts"
import { SharedStore } from "../../../src/store/shared/shared-store.ts"
import { TemporaryFolder } from "../../temporary-folder.ts"
import { someBytes, someTrace, whole } from "../in-store.ts"
import { machine, madeTrace } from "./machines.ts"
import { hasNginx, type Nginx, startNginx } from "./nginx.ts"

const today = (values: Readonly<Record<string, string>>) => (read: string) => values[read]
const now = today({ "panel column gdp": "h1", "panel rows": "31" })

const keeps = (x: number, more: Parameters<typeof madeTrace>[1] = {}) =>
  Effect.gen(function* () {
    const shared = yield* SharedStore
    shared.keep(yield* madeTrace(x, more))
    return yield* shared.flush
  })
const finds = (lookup = now, code = "c0de") =>
  Effect.gen(function* () {
    const trace = yield* (yield* SharedStore).find(code, "4a4a", lookup)
    if (trace === undefined) return undefined
    const objects = yield* ObjectStore
    return { trace: whole(trace)!, bytes: Buffer.from(yield* objects.get(trace.outputs["output"]!.artifact)) }
  })

const nginxHere = hasNginx()
if (!nginxHere) console.warn("nginx with WebDAV is not installed: the shared store is not tested against it")

describe.skipIf(!nginxHere)("the shared store on nginx with WebDAV", () => {
  const folder = new TemporaryFolder({}, "sediment-nginx-")
  let nginx: Nginx
  beforeAll(async () => {
    nginx = await startNginx(folder.path)
  })
  afterAll(async () => {
    await nginx.stop()
    folder.remove()
  })

  it("what one machine has made, another one finds by the values of what was read, whole", async () => {
    const one = machine(nginx.url)
    expect(await one.does(keeps(1))).toEqual({ kept: 1, left: 0 })
    const other = machine(nginx.url, { write: false })
    const found = await other.does(finds())
    expect(found!.bytes).toEqual(Buffer.from(someBytes(1)))
    const { outputs, ...rest } = someTrace()
    expect(found!.trace).toMatchObject(rest)
    expect(found!.trace.outputs["output"]!.summary).toEqual(outputs["output"]!.summary)
    expect(await other.does(finds(today({ "panel column gdp": "h2", "panel rows": "31" })))).toBeUndefined()
    expect(await other.does(finds(now, "other"))).toBeUndefined()
    expect([...one.told, ...other.told]).toEqual([])
  })
})
