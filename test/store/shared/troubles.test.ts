import { rmSync } from "node:fs"
import { createServer, type RequestListener } from "node:http"
import { type AddressInfo, createServer as createSocketServer, type Socket } from "node:net"
import { join } from "node:path"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { afterEach, describe, expect, it } from "vitest"
import { makeAvailability } from "../../../src/store/shared/availability.ts"
import { RemoteFailure } from "../../../src/store/shared/remote.ts"
import { SharedStore } from "../../../src/store/shared/shared-store.ts"
import { temporaryFolder } from "../in-store.ts"
import { finds, keeps, machine, madeTrace, now } from "./machines.ts"
import { startServer } from "./server.ts"

const stops: Array<() => Promise<unknown>> = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A server of bare connections: gives where it is. */
const accepting = async (accept: (socket: Socket) => void): Promise<URL> => {
  const sockets = new Set<Socket>()
  const server = createSocketServer((socket) => {
    sockets.add(socket)
    socket.on("error", () => {})
    accept(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  stops.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => server.close(resolve))
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}
const answering = async (listener: RequestListener): Promise<URL> => {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  stops.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}
const ours = async (more: Parameters<typeof startServer>[1] = {}) => {
  const server = await startServer(temporaryFolder(), more)
  stops.push(server.stop)
  return server
}
const tokens = { readToken: "token-to-read", writeToken: "token-to-write", openWrites: false, loopback: true }
const impatient = { idleMs: 60, requestMs: 150, leastRate: 1e6 }

/** A hundred lookups and three traces to be kept. */
const much = Effect.gen(function* () {
  const found = yield* Effect.forEach(
    Array.from({ length: 100 }, (_, i) => i),
    (i) => finds({ "panel rows": String(i) }, `c${i}`),
    { concurrency: "unbounded" }
  )
  expect(found.every((one) => one === undefined)).toBe(true)
  const shared = yield* SharedStore
  for (const x of [1, 2, 3]) shared.keep(yield* madeTrace(x, { code: `c${x}` }))
  return yield* shared.flush
})

describe("a shared store that is in trouble is told once, and the run goes on", () => {
  it("nobody is there", async () => {
    const url = await accepting(() => {})
    await stops.pop()!()
    const one = machine(url)
    expect(await one.does(much)).toEqual({ kept: 0, left: 3 })
    expect(one.told).toEqual([
      expect.stringMatching(/^the shared store http:\/\/127\.0\.0\.1:\d+: it cannot be reached \(.*ECONNREFUSED.*\); the run goes on without it$/)
    ])
  })

  it("it takes the connection, and says nothing", async () => {
    const one = machine(await accepting(() => {}), { patience: impatient })
    expect(await one.does(much)).toEqual({ kept: 0, left: 3 })
    expect(one.told).toEqual([expect.stringContaining("it does not answer in time; the run goes on without it")])
  })

  it("it answers, a byte at a time", async () => {
    const one = machine(
      await accepting((socket) => {
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
        const drop = setInterval(() => socket.write("x"), 20)
        socket.on("close", () => clearInterval(drop))
      }),
      { patience: impatient }
    )
    expect(await one.does(finds())).toBeUndefined()
    expect(one.told).toEqual([expect.stringContaining("it does not answer in time")])
  })

  it("it announces more than it may, or sends it without end", async () => {
    for (const headers of [{ "content-length": String(2 ** 40) }, {}]) {
      const one = machine(
        await answering((_, response) => {
          response.writeHead(200, headers)
          const more = () => {
            while (!response.destroyed && response.write("x".repeat(1 << 16)));
          }
          response.on("drain", more)
          more()
        })
      )
      expect(await one.does(finds())).toBeUndefined()
      expect(one.told).toEqual([expect.stringContaining("is larger than it may be")])
    }
  })

  it("what passes is tried again and not told: out of order, cut off", async () => {
    let asked = 0
    const cut = await accepting((socket) => {
      socket.once("data", () => {
        if (++asked < 3) socket.destroy()
        else socket.end("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")
      })
    })
    let busy = 0
    const overloaded = await answering((_, response) => {
      response.writeHead(++busy < 3 ? 503 : 404).end()
    })
    for (const url of [cut, overloaded]) {
      const one = machine(url, { retries: 2 })
      expect(await one.does(finds())).toBeUndefined()
      expect(one.told).toEqual([])
    }
    expect([asked, busy]).toEqual([3, 3])
  })

  it("a server that fails whatever is sent to it: its folder may not be its own", async () => {
    const url = await answering((request, response) => {
      request.resume()
      response.writeHead(request.method === "PUT" ? 500 : 404).end()
    })
    const one = machine(url)
    expect(await one.does(keeps(1))).toEqual({ kept: 0, left: 1 })
    expect(one.told).toEqual([expect.stringContaining("its log tells more: it may have no right to write to its folder (status 500)")])
  })

  it("a redirection is not followed: a token is for one server", async () => {
    const asked: Array<string | undefined> = []
    const elsewhere = await answering((request, response) => {
      asked.push(request.headers.authorization)
      response.writeHead(404).end()
    })
    const one = machine(await answering((_, response) => response.writeHead(302, { location: elsewhere.href }).end()), { token: "secret-token" })
    expect(await one.does(finds())).toBeUndefined()
    expect(one.told).toEqual([expect.stringContaining("answers with a redirection, which is not followed")])
    expect(asked).toEqual([])
  })

  it("a wrong token, none, and one to read: what is refused is given up, and not the rest", async () => {
    const server = await ours({ access: tokens })
    expect(await machine(server.url, { token: tokens.writeToken }).does(keeps(1))).toEqual({ kept: 1, left: 0 })

    for (const token of ["wrong", undefined]) {
      const wrong = machine(server.url, token === undefined ? {} : { token })
      const before = server.served.length
      expect(await wrong.does(much)).toEqual({ kept: 0, left: 3 })
      expect(wrong.told).toEqual([
        expect.stringMatching(
          /whoever would read it: the token is taken from SEDIMENT_REMOTE_TOKEN \(status 401\); the run goes on without what others have made$/
        ),
        expect.stringMatching(/401\); what is made here is not kept there$/)
      ])
      // Those that were under way when the first was refused.
      expect(server.served.length - before).toBeLessThan(40)
    }

    const reader = machine(server.url, { token: tokens.readToken })
    expect(await reader.does(keeps(2, { code: "other" }))).toEqual({ kept: 0, left: 1 })
    expect(await reader.does(finds())).toBeDefined()
    expect(reader.told).toEqual([expect.stringMatching(/does not allow this client to write to it \(status 403\); what is made here is not kept there$/)])
    // A password is taken for a token: some clients have nothing else.
    const url = new URL(server.url)
    url.username = "anybody"
    url.password = tokens.readToken
    const password = machine(url, { write: false })
    expect(await password.does(finds())).toBeDefined()
    expect(password.told).toEqual([])
  })

  it("it is full: nothing more is kept, what is there is found", async () => {
    const server = await ours({ limits: { maxObject: 1e6, maxSize: 7000 } })
    const one = machine(server.url)
    const kept = await one.does(Effect.forEach([1, 2, 3, 4, 5, 6], (x) => keeps(x, { code: `c${x}` })))
    expect(kept[0]).toEqual({ kept: 1, left: 0 })
    expect(kept.at(-1)!.left).toBeGreaterThan(0)
    expect(one.told).toEqual([expect.stringMatching(/it is full \(status 507\); what is made here is not kept there$/)])
    expect(await machine(server.url, { write: false }).does(finds(now, "c1"))).toBeDefined()
  })

  it("an artifact that is too large is left, and others are not", async () => {
    const server = await ours({ limits: { maxObject: 700, maxSize: 1e9 } })
    const one = machine(server.url)
    expect(await one.does(keeps(1))).toEqual({ kept: 0, left: 1 })
    expect(one.told).toEqual([
      expect.stringMatching(/it does not take what is so large \(status 413\); it is not taken, and further ones like it are not told$/)
    ])
  })

  it("a blob that was taken away since it was last seen there is sent again", async () => {
    const folder = temporaryFolder()
    const server = await startServer(folder)
    stops.push(server.stop)
    const one = machine(server.url)
    const kept = await one.does(
      Effect.gen(function* () {
        const first = yield* keeps(1)
        rmSync(join(folder, "cas"), { recursive: true })
        return [first, yield* keeps(1, { code: "other" })]
      })
    )
    expect([kept, one.told]).toEqual([
      [
        { kept: 1, left: 0 },
        { kept: 1, left: 0 }
      ],
      []
    ])
    expect(await machine(server.url).does(finds(now, "other"))).toBeDefined()
  })

  it("what a server finds fault with is left, and others are not", async () => {
    const one = machine(
      await answering((request, response) => void request.resume().on("end", () => response.writeHead(request.method === "PUT" ? 400 : 404).end()))
    )
    expect(await one.does(Effect.forEach([1, 2], (x) => keeps(x, { code: `c${x}` })))).toEqual(Array(2).fill({ kept: 0, left: 1 }))
    expect(one.told).toEqual([
      expect.stringMatching(/finds fault with what is sent: .* \(status 400\); it is not taken, and further ones like it are not told$/)
    ])
  })

  it("what is still to be sent at the end is waited for, for a limited time", async () => {
    const one = machine(await accepting(() => {}), { flushMs: 20 })
    expect(await one.does(keeps(1))).toEqual({ kept: 0, left: 1 })
  })
})

describe("Availability", () => {
  it("leaves the store alone for longer and longer, and tells when it is there again", async () => {
    const told: Array<string> = []
    let asked = 0
    let there = false
    const availability = makeAvailability("http://store", (message) => told.push(message), 0, 1)
    const ask = availability.attempt(
      "read",
      Effect.suspend(() => {
        asked++
        return there ? Effect.succeed("found") : Effect.fail(new RemoteFailure({ fault: "unreachable", message: "it cannot be reached" }))
      }),
      "miss"
    )
    await Effect.runPromise(
      Effect.gen(function* () {
        for (let i = 0; i < 5; i++) expect(yield* ask).toBe("miss")
        expect(asked).toBe(1)
        yield* TestClock.adjust("2100 millis")
        expect(yield* ask).toBe("miss")
        expect(asked).toBe(2)
        yield* TestClock.adjust("2100 millis")
        expect(yield* ask).toBe("miss")
        expect(asked).toBe(2)
        there = true
        expect(yield* availability.away).toBeGreaterThan(0)
        yield* TestClock.adjust("2100 millis")
        expect(yield* availability.away).toBe(0)
        expect(yield* ask).toBe("found")
        const waiting = yield* Effect.forkChild(availability.pause("write"))
        expect(yield* Fiber.join(waiting)).toBe(0)
      }).pipe(Effect.provide(TestClock.layer()))
    )
    expect(told).toEqual(["the shared store http://store: it cannot be reached; the run goes on without it", "the shared store http://store: it answers again"])
  })
})
