import { hash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { type IncomingHttpHeaders, request as requestOf } from "node:http"
import { connect } from "node:net"
import { join } from "node:path"
import { afterEach, describe, expect, it, vi } from "vitest"
import { temporaryFolder } from "../in-store.ts"
import { type Server, startServer } from "./server.ts"

const running: Array<Server> = []
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
})
const start = async (more: Parameters<typeof startServer>[1] = {}, folder = temporaryFolder()) => {
  const server = await startServer(folder, more)
  running.push(server)
  return { ...server, folder }
}

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
const ask = (server: Server, method: string, path: string, body?: Uint8Array | string, headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = requestOf(new URL(path, server.url), { method, headers, agent: false }, (response) => {
      let text = ""
      response.setEncoding("utf8").on("data", (piece: string) => (text += piece))
      response.on("error", reject).on("end", () => resolve({ status: response.statusCode!, headers: response.headers, body: text }))
    })
    request.on("error", reject)
    request.end(body)
  })
const statusOf = async (...args: Parameters<typeof ask>): Promise<number> => (await ask(...args)).status

const sha = (content: string): string => hash("sha256", content)
const cas = (content: string): string => `/cas/${sha(content)}`
const KEY = "ab".repeat(32)
const record = (...contents: ReadonlyArray<string>): string =>
  JSON.stringify({ outputFiles: contents.map((one, i) => ({ path: `f${i}`, digest: { hash: sha(one), sizeBytes: String(one.length) } })) })
const leftovers = (folder: string) => readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tmp"))

describe("sediment cache serve", () => {
  it("takes a blob whose digest is right, and gives it; another one is refused, and leaves nothing", async () => {
    const server = await start()
    expect(await statusOf(server, "GET", cas("one"))).toBe(404)
    expect(await statusOf(server, "PUT", cas("one"), "one")).toBe(201)
    expect(await ask(server, "GET", cas("one"))).toMatchObject({ status: 200, body: "one", headers: { "content-length": "3" } })
    expect(await ask(server, "HEAD", cas("one"))).toMatchObject({ status: 200, body: "", headers: { "content-length": "3" } })
    const wrong = await ask(server, "PUT", cas("two"), "one")
    expect(wrong).toMatchObject({ status: 400, body: `what was sent hashes to ${sha("one")}\n` })
    expect(await statusOf(server, "HEAD", cas("two"))).toBe(404)
    expect(leftovers(server.folder)).toEqual([])
    expect(await statusOf(server, "PUT", cas(""), "", { "content-length": "0" })).toBe(201)
    expect((await ask(server, "GET", cas(""))).status).toBe(200)
  })

  it("takes a record after its blobs, and none that is something else; one whose blob is gone is a miss", async () => {
    const server = await start()
    expect(await ask(server, "PUT", `/ac/${KEY}`, record("one"))).toMatchObject({
      status: 400,
      body: `a record comes after its blobs, and ${sha("one")} is not here\n`
    })
    expect(await statusOf(server, "PUT", `/ac/${KEY}`, "no record")).toBe(400)
    expect(await statusOf(server, "PUT", `/ac/${KEY}`, JSON.stringify({ outputFiles: [{ path: "f", digest: { hash: "../../etc", sizeBytes: 1 } }] }))).toBe(400)
    await ask(server, "PUT", cas("one"), "one")
    expect(await statusOf(server, "PUT", `/ac/${KEY}`, record("one"))).toBe(201)
    expect(await ask(server, "GET", `/ac/${KEY}`)).toMatchObject({ status: 200, body: record("one") })
    expect(await statusOf(server, "HEAD", `/ac/${KEY}`)).toBe(200)
    const blob = join(server.folder, "cas", sha("one").slice(0, 2), sha("one"))
    writeFileSync(blob, "longer")
    expect(await statusOf(server, "GET", `/ac/${KEY}`)).toBe(404)
  })

  it.each(["GET", "HEAD"])("a blob for which somebody asks by %s is young again: what is deleted by age is what nobody relies on", async (method) => {
    const server = await start()
    await ask(server, "PUT", cas("one"), "one")
    const blob = join(server.folder, "cas", sha("one").slice(0, 2), sha("one"))
    utimesSync(blob, new Date(0), new Date(0))
    expect(await statusOf(server, method, cas("one"))).toBe(200)
    expect(Date.now() - statSync(blob).mtimeMs).toBeLessThan(60_000)
  })

  it("a blob that was damaged on its disk is not given whole, and is gone then", async () => {
    const server = await start()
    const content = "x".repeat(1_000_000)
    await ask(server, "PUT", cas(content), content)
    const path = join(server.folder, "cas", sha(content).slice(0, 2), sha(content))
    writeFileSync(path, `y${content.slice(1)}`)
    await expect(ask(server, "GET", cas(content))).rejects.toThrow()
    expect(existsSync(path)).toBe(false)
    expect(await statusOf(server, "GET", cas(content))).toBe(404)
  })

  it("knows GET, HEAD and PUT of blobs and records, and nothing else: no other method, no other path", async () => {
    const server = await start()
    for (const method of ["POST", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "MKCOL", "MOVE"]) {
      const { headers, status } = await ask(server, method, cas("one"))
      expect([status, headers.allow]).toEqual([405, "GET, HEAD, PUT"])
    }
    const outside = join(server.folder, "..", "outside")
    for (const path of [
      "/",
      "/cas/",
      "/cas/short",
      `/cas/${KEY.toUpperCase()}`,
      `/other/${KEY}`,
      `/cas/${KEY}/x`,
      `/cas/${KEY}?a=b`,
      "/cas/..%2f..%2foutside",
      "/../../etc/passwd"
    ]) {
      expect(await statusOf(server, "GET", path)).toBe(404)
      expect(await statusOf(server, "PUT", path, "one")).toBe(404)
    }
    expect(existsSync(outside)).toBe(false)
  })

  it("wants to know how long what comes is, before it comes; not larger than it may be, and all together", async () => {
    const server = await start({ limits: { maxObject: 100, maxSize: 250 } })
    expect(await statusOf(server, "PUT", cas("one"), "one", { "transfer-encoding": "chunked" })).toBe(411)
    const large = "x".repeat(101)
    expect(await ask(server, "PUT", cas(large), large)).toMatchObject({ status: 413, body: "this server takes nothing of more than 100 bytes\n" })
    for (const [bytes, status] of [
      [100, 201],
      [99, 201],
      [60, 507],
      [50, 201]
    ] as const)
      expect([bytes, await statusOf(server, "PUT", cas("y".repeat(bytes)), "y".repeat(bytes))]).toEqual([bytes, status])
  })

  it("a sender that is told no before it sends does not send", async () => {
    const server = await start({ limits: { maxObject: 100, maxSize: 1e9 } })
    const said = await new Promise<string>((resolve) => {
      const request = requestOf(new URL(cas("x"), server.url), { method: "PUT", headers: { "content-length": String(1e9), expect: "100-continue" } })
      request.on("continue", () => resolve("continue"))
      request.on("response", ({ statusCode }) => {
        resolve(String(statusCode))
        request.destroy()
      })
      request.flushHeaders()
    })
    expect(said).toBe("413")
  })

  it("tokens: one to read, one to write; without any, only this machine, and by its own name", async () => {
    const server = await start({ access: { readToken: "reader-token", writeToken: "writer-token", openWrites: false, loopback: true } })
    const as = (token: string) => ({ authorization: `Bearer ${token}` })
    expect(await ask(server, "GET", cas("one"))).toMatchObject({ status: 401, headers: { "www-authenticate": "Bearer" } })
    expect(await statusOf(server, "PUT", cas("one"), "one")).toBe(401)
    expect(await statusOf(server, "PUT", cas("one"), "one", as("reader-token"))).toBe(403)
    expect(await statusOf(server, "PUT", cas("one"), "one", as("writer-token-"))).toBe(401)
    expect(await statusOf(server, "PUT", cas("one"), "one", as("writer-token"))).toBe(201)
    for (const token of ["reader-token", "writer-token"]) expect(await statusOf(server, "GET", cas("one"), undefined, as(token))).toBe(200)
    expect(await statusOf(server, "GET", cas("one"), undefined, as("other"))).toBe(401)
    expect(await statusOf(server, "GET", cas("one"), undefined, { authorization: `Basic ${btoa("me:reader-token")}` })).toBe(200)

    const reading = await start({ access: { readToken: undefined, writeToken: undefined, openWrites: false, loopback: false } })
    expect(await statusOf(reading, "PUT", cas("one"), "one")).toBe(403)
    expect(await statusOf(reading, "GET", cas("one"))).toBe(404)

    const open = await start()
    expect(await statusOf(open, "PUT", cas("one"), "one", { host: "evil.example:80" })).toBe(421)
    expect(await statusOf(open, "PUT", cas("one"), "one", { host: "localhost:80" })).toBe(201)
  })

  it("who dawdles is cut off, before the head and in the middle, and leaves nothing", async () => {
    const patience = { headMs: 100, idleMs: 100, requestMs: 100, leastRate: 1e9, endMs: 100 }
    const server = await start({ patience })
    const dawdle = (first: string, drops: string) =>
      new Promise<void>((resolve) => {
        const socket = connect(Number(server.url.port), "127.0.0.1", () => socket.write(first))
        const more = setInterval(() => socket.write(drops), 20)
        socket
          .on("error", () => {})
          .on("close", () => {
            clearInterval(more)
            resolve()
          })
      })
    await dawdle("GET /cas/", "a")
    await dawdle(`PUT ${cas("x".repeat(1000))} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n`, "x")
    await dawdle(`PUT ${cas("x".repeat(1000))} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n`, "")
    expect(await statusOf(server, "GET", cas("x".repeat(1000)))).toBe(404)
    await vi.waitFor(() => expect(leftovers(server.folder)).toEqual([]), { timeout: 30_000 })
  })

  it("begins with what is there, takes away what a killed one left a day ago, and ends with what is under way done", async () => {
    const folder = temporaryFolder()
    const one = await start({}, folder)
    await ask(one, "PUT", cas("one"), "one")
    await running.pop()!.stop()
    await expect(ask(one, "GET", cas("one"))).rejects.toThrow()
    const old = join(folder, "cas", "aa", "left.tmp")
    mkdirSync(join(folder, "cas", "aa"), { recursive: true })
    writeFileSync(old, "left")
    utimesSync(old, new Date(0), new Date(0))
    const other = await start({}, folder)
    expect(existsSync(old)).toBe(false)
    expect((await ask(other, "GET", cas("one"))).body).toBe("one")
    const slow = new Promise<number>((resolve, reject) => {
      const request = requestOf(new URL(cas("four"), other.url), { method: "PUT", headers: { "content-length": "4" }, agent: false }, ({ statusCode }) =>
        resolve(statusCode!)
      )
      request.on("error", reject)
      request.write("fo", () => {
        const stopped = running.pop()!.stop()
        request.end("ur")
        void stopped
      })
    })
    expect(await slow).toBe(201)
    expect(readFileSync(join(folder, "cas", sha("four").slice(0, 2), sha("four")), "utf8")).toBe("four")
  })
})
