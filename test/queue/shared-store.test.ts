import { createServer, request } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { SIGNATURE_SHA } from "../../src/store/shared/signature.ts"
import { type RunDocument, StudyFolder } from "../cli/study-folder.ts"
import { type Server, startServer } from "../store/shared/server.ts"
import { mappedStudy } from "./mapped-study.ts"
import { RedisServer, redisProgram } from "./redis-server.ts"
import { SubmittedRun } from "./submitted-run.ts"
import { WorkerProcess } from "./worker-process.ts"

const NODES = 4
const TOKEN = "token-to-write"
const access = { readToken: TOKEN, writeToken: TOKEN, openWrites: false, loopback: true }

/** A study whose calls have a token for the shared store. */
class WithToken extends StudyFolder {
  token = TOKEN
  override get environment(): NodeJS.ProcessEnv {
    return { ...super.environment, SEDIMENT_REMOTE_TOKEN: this.token }
  }
}

const REFUSED = /shared store .* \(status 401\); with a queue, .* set SEDIMENT_REMOTE_TOKEN/

describe.skipIf(redisProgram === undefined)("a run with workers that have a shared store, and no folder, with it", () => {
  const study = new WithToken(mappedStudy(NODES, 1))
  let redis: RedisServer
  let number = 0
  const stops: Array<() => Promise<unknown>> = []
  beforeAll(async () => {
    redis = await RedisServer.start()
  })
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop()
  })
  afterAll(async () => {
    await redis.kill()
    study.remove()
  })
  const serve = async (more: Parameters<typeof startServer>[1] = {}): Promise<Server> => {
    const server = await startServer(study.at(`store-${number}`), { access, ...more })
    stops.push(server.stop)
    return server
  }
  /** Hands on what is asked of a server, some of it late, and what it answers; `damages` says of which answers to a GET a byte is to be another one, `isSick` when it is out of order. */
  const between = async (
    server: Server,
    {
      damages = () => false,
      isSick = () => false,
      lateMs = () => 0
    }: { readonly damages?: (path: string) => boolean; readonly isSick?: () => boolean; readonly lateMs?: (method: string, path: string) => number }
  ): Promise<URL> => {
    const proxy = createServer((asked, answer) => {
      const path = asked.url!
      if (isSick()) {
        asked.resume()
        return answer.writeHead(503).end()
      }
      setTimeout(
        () => {
          const onward = request(new URL(path, server.url), { method: asked.method, headers: asked.headers }, (found) => {
            const chunks: Array<Buffer> = []
            found.on("data", (chunk: Buffer) => chunks.push(chunk))
            found.on("end", () => {
              const body = Buffer.concat(chunks)
              if (asked.method === "GET" && found.statusCode === 200 && damages(path)) body[body.length >> 1]! ^= 1
              answer.writeHead(found.statusCode!, found.headers).end(body)
            })
          })
          // Who asked has gone, or the server has refused what was yet to come.
          onward.on("error", () => answer.destroy())
          asked.pipe(onward)
        },
        lateMs(asked.method!, path)
      )
    })
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve))
    stops.push(() => {
      proxy.closeAllConnections()
      return new Promise((resolve) => proxy.close(resolve))
    })
    return new URL(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}/`)
  }
  beforeEach(() => {
    number++
  })
  const storeOf = (machine: string, url: URL) => ["--cache", `${machine}-${number}`, "--remote", url.href, "--remote-write"]
  const worker = async (url: URL, token = TOKEN): Promise<WorkerProcess> => {
    study.token = token
    const one = await WorkerProcess.start(study, "--queue", redis.address, "--slots", "1", "--lease", "2s", ...storeOf("worker", url))
    stops.push(() => one.end())
    return one
  }
  const submit = (url: URL, token = TOKEN) => {
    study.token = token
    const one = SubmittedRun.start(study, redis.address, ...storeOf("run", url))
    stops.push(() => one.kill())
    return one
  }
  const troubles = ({ told }: WorkerProcess) => told.flatMap(({ event, message }) => (event === "trouble" ? [String(message)] : []))

  const errorsOf = (out: string) => (JSON.parse(out) as RunDocument).nodes.flatMap(({ errors = [] }) => errors.map(({ message }) => message))

  it("a token that is not taken: neither a worker nor a run begins, and both say why; the worker takes no task from those that may", async () => {
    const { url } = await serve()
    const wrong = await worker(url, "wrong")
    expect(await wrong.end()).toBe(2)
    expect(JSON.stringify(wrong.told)).toMatch(REFUSED)
    const a = await worker(url)
    const { code, out } = await submit(url, "wrong").ended
    expect([code, out]).toEqual([2, expect.stringMatching(REFUSED)])
    expect(a.executed).toEqual([])
  })

  it("a wrong digest, once: what was damaged is asked for again, and the run comes to what it comes to without", async () => {
    const server = await serve()
    let left = 1
    const url = await between(server, { damages: (path) => path.startsWith("/cas/") && !path.endsWith(SIGNATURE_SHA) && left-- > 0 })
    const a = await worker(url)
    const document = await submit(url).document()
    expect(document.nodes.map(({ artifacts }) => artifacts)).toEqual(study.run("--cache", "alone", "--remote", "none").nodes.map(({ artifacts }) => artifacts))
    await a.until(() => troubles(a).length > 0)
    expect(troubles(a)[0]).toMatch(/for the blob \w+ is not that: it hashes to/)
  })

  it("a wrong digest, always: the run fails in words", async () => {
    const url = await between(await serve(), { damages: (path) => path.startsWith("/cas/") })
    const a = await worker(url)
    const { code, out } = await submit(url).ended
    expect(code).toBe(1)
    expect(errorsOf(out)).toEqual(
      Array(NODES).fill(expect.stringMatching(/^worker \S+ does not find what its stage power is to read in the shared store .* says more$/))
    )
    await a.until(() => troubles(a).length > 0)
    expect(troubles(a)).toEqual([expect.stringMatching(/for the blob \w+ is not that: it hashes to/)])
  })

  it("a server that is out of order for a while: it is waited for, and nothing is made twice", async () => {
    let isSick = false
    const url = await between(await serve(), { isSick: () => isSick })
    const a = await worker(url)
    const run = submit(url)
    await a.until(() => a.executed.length >= 1)
    isSick = true
    await a.until(() => troubles(a).length > 0)
    isSick = false
    await run.document()
    expect(new Set(a.executed).size).toBe(a.executed.length)
    await a.until(() => troubles(a).length > 1)
    expect(troubles(a)).toEqual([expect.stringMatching(/out of order, or has too much to do \(status 503\)/), expect.stringMatching(/it answers again$/)])
  })

  it("a full server: the run fails in words, and a worker that ends tells how much is not there", async () => {
    const { url } = await serve({ limits: { maxObject: 1e9, maxSize: 8000 } })
    const a = await worker(url)
    const { code, out } = await submit(url).ended
    expect(code).toBe(1)
    expect(errorsOf(out)[0]).toMatch(/^worker \S+ made its artifact \w+, and could not keep it in the shared store: its own lines say why$/)
    expect(await a.end()).toBe(0)
    expect(troubles(a)[0]).toMatch(/it is full \(status 507\); what is made here is not kept there$/)
    expect(troubles(a).at(-1)).toMatch(/^\d results? could not be kept in the shared store$/)
  })

  it("a slow server: a worker that is asked to end sends first what it has made, though the run that asked for it was killed", async () => {
    const url = await between(await serve(), { lateMs: (method, path) => (method === "PUT" && path.startsWith("/ac/") ? 150 : 5) })
    const a = await worker(url)
    const run = submit(url)
    await a.until(() => a.executed.length >= NODES)
    await run.kill()
    expect(await a.end()).toBe(0)
    expect(troubles(a)).toEqual([])
    // Without a queue: what it does not find there it would make here.
    const { nodes } = await SubmittedRun.start(study, "threads", "--cache", `other-${number}`, "--remote", url.href).document()
    expect(nodes.flatMap(({ from, node }) => (from === "shared store" ? [node] : []))).toEqual(expect.arrayContaining([...a.executed]))
  })
})
