/** The studio against requests that are no page's: paths, questions that are none, links, and connections that are held open. */
import { renameSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { type Questions, questions } from "../../../src/studio/messages/questions.ts"
import { StudyFolder, smallStudy } from "../../cli/study-folder.ts"
import { Studio } from "../studio.ts"
import { askedStudio, expectSafe } from "./asking.ts"
import { openSocket, rawRequest } from "./raw-request.ts"

const { ask: asking, folder, port, request, studio } = await askedStudio()

describe("what is asked for", () => {
  const secrets = /root:|"lockfileVersion"|BEGIN/
  it("is no path of the machine, however it is written", async () => {
    const ways = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%252f", "%252e%252e%252f", "..\\", "..%5c", "..%c0%af", "....//", "%00/../", "/"]
    const files = ["etc/passwd", "package-lock.json", "dist/cli.mjs", "data/controls.csv", ".env"]
    const routes = ["/", "/sql/", "/download/", "/picture/", "/ask/", "/events/", "/studio/", "//"]
    const lines = routes.flatMap((route) => ways.flatMap((way) => files.map((file) => `${route}${way.repeat(6)}${file}`)))
    const beyond = [
      "/etc/passwd",
      "file:///etc/passwd",
      "http://127.0.0.1/etc/passwd",
      "/%00",
      "/sql/%",
      "/download/%ff",
      "/picture/%",
      "//",
      "///",
      "http://[",
      "/\\",
      "*",
      "/page.js/../../package.json",
      "/PAGE.JS",
      "/page.js%00.css"
    ]
    const replies = await Promise.all([...lines, ...beyond].map(async (path) => ({ path, reply: await request(`GET ${path}`) })))
    const found = replies.filter(({ reply }) => reply.status === 200 || reply.status >= 500 || reply.status === 0 || secrets.test(reply.text))
    expect(found.map(({ path, reply }) => `${reply.status} ${path}`)).toEqual([])
  })

  it("has the safe headers on every reply, also where it is a refusal", async () => {
    for (const line of [
      "GET /",
      "GET /page.js",
      "GET /page.css",
      "GET /mark.svg",
      "GET /nothing",
      "PUT /",
      "DELETE /page.js",
      "HEAD /",
      "GET /ask/studies",
      "POST /ask/nothing",
      "POST /ask/__proto__",
      "POST /ask/constructor",
      "GET //",
      "PATCH /ask/studies"
    ]) {
      const reply = await request(line, { "content-type": "application/json" })
      expect(`${line} ${reply.status}`).toMatch(/ (200|400|404|405|415)$/)
      expectSafe(reply.headers)
    }
    const upgrade = { upgrade: "websocket", connection: "Upgrade", "sec-websocket-key": "x3JJHMbDL1EzLkh9GBhXDw==", "sec-websocket-version": "13" }
    expect((await request("GET /events", upgrade, "", 500)).status).not.toBe(101)
    for (const line of ["CONNECT example.com:80", "TRACE /"]) expect((await request(line)).status).not.toBe(200)
  })

  it("bears questions that are none", async () => {
    const deep = 100_000
    for (const body of [
      "",
      "x",
      "[1",
      "null",
      '"x"',
      "[]",
      '{"study":1}',
      '{"__proto__":{"x":1}}',
      `${"[".repeat(deep)}${"]".repeat(deep)}`,
      `{"a":${'{"a":'.repeat(deep)}1${"}".repeat(deep)}}`,
      "\u0000",
      "\ud800"
    ]) {
      const reply = await request("POST /ask/sql", { "content-type": "application/json" }, body)
      expect(`${body.slice(0, 20)} ${reply.status}`).toBe(`${body.slice(0, 20)} 400`)
      expectSafe(reply.headers)
    }
    const long = "x".repeat(1_200_000)
    expect((await request("POST /ask/sql", { "content-type": "application/json" }, JSON.stringify({ study: long, run: null, query: "" }))).status).toBe(413)
    const chunked = `${long.length.toString(16)}\r\n${long}\r\n0\r\n\r\n`
    const reply = await rawRequest(
      port,
      `POST /ask/sql HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncookie: ${studio.cookie}\r\ncontent-type: application/json\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n${chunked}`
    )
    expect(reply.status).toBe(413)
    // One that says that it is longer than it is, and two lengths at once, as somebody would who wants two servers to read it differently.
    const head = `POST /ask/studies HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncookie: ${studio.cookie}\r\ncontent-type: application/json\r\n`
    expect((await rawRequest(port, `${head}content-length: 100\r\n\r\n{}`, 300)).status).toBe(0)
    for (const lengths of [
      "content-length: 2\r\ntransfer-encoding: chunked",
      "content-length: 2\r\ncontent-length: 3",
      "content-length: -1",
      "transfer-encoding: x"
    ])
      expect(`${lengths} ${(await rawRequest(port, `${head}connection: close\r\n${lengths}\r\n\r\n{}`)).status}`).toMatch(/ (400|501)$/)
    expect((await asking({})).status).toBe(200)
  })

  it("is refused where it is read-only and does something, each of them", async () => {
    const readOnly = await Studio.start(folder.path, ["--read-only"])
    const acting = (Object.keys(questions) as ReadonlyArray<keyof Questions>).filter((name) => questions[name].acts)
    expect(acting.length).toBeGreaterThan(0)
    for (const name of acting) expect([name, (await readOnly.ask(name, {})).status]).toEqual([name, 403])
    expect((await readOnly.ask("studies", {})).status).toBe(200)
    await readOnly.end()
  })

  it("is no file that a link in the cache leads to", async () => {
    const other = new StudyFolder({ ...smallStudy, "secret.txt": "sesame" })
    other.run()
    const [object] = Object.values(other.json("show", "gov-mean")).filter(
      (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value)
    ) as ReadonlyArray<string>
    const path = other.at(join("cache", "objects", object!.slice(0, 2), `${object}.arrow`))
    renameSync(path, `${path}.aside`)
    symlinkSync(other.at("secret.txt"), path)
    const linked = await Studio.start(other.path)
    const asked: ReadonlyArray<readonly [string, unknown]> = [
      ["sql", { study: "small", run: null, query: 'FROM "gov-mean"' }],
      ["artifact", { study: "small", node: "gov-mean" }],
      ["rows", { artifact: object, filter: "", sort: "", columns: ["mean"], from: 0, count: 1 }]
    ]
    for (const [name, question] of asked) {
      const { body, status } = await linked.ask(name, question)
      expect([name, JSON.stringify(body)]).not.toEqual([name, expect.stringContaining("sesame")])
      expect(status === 200 ? JSON.stringify(body) : "refused").toMatch(/refused|fault/)
    }
    await linked.end()
    other.remove()
  })
})

describe("who takes their time", () => {
  it("holds nobody else up with a thousand connections, and is shown out", async () => {
    const idle = await Promise.all(Array.from({ length: 1000 }, () => openSocket(port)))
    const gone = Promise.all(
      idle.map(
        (socket) =>
          new Promise<void>((resolve) =>
            socket
              .on("error", () => {})
              .on("close", () => resolve())
              .resume()
          )
      )
    )
    // Half of them begin a request, and send a letter now and then.
    for (const socket of idle.slice(500)) socket.write("GET / HTTP/1.1\r\nhost: ")
    const dripping = setInterval(() => {
      for (const socket of idle.slice(500)) if (!socket.destroyed) socket.write("x")
    }, 500)
    // It is answered while they are there, and they do not stay.
    expect((await asking({})).status).toBe(200)
    expect(idle.some(({ destroyed }) => !destroyed)).toBe(true)
    await gone
    clearInterval(dripping)
  }, 30_000)

  it("lets streams of events be, and ends with them open", async () => {
    const own = await Studio.start(folder.path)
    const ownPort = Number(new URL(own.origin).port)
    const streams = await Promise.all(Array.from({ length: 100 }, () => openSocket(ownPort)))
    for (const socket of streams) socket.on("error", () => {}).write(`GET /events HTTP/1.1\r\nhost: 127.0.0.1:${ownPort}\r\ncookie: ${own.cookie}\r\n\r\n`)
    await Promise.all(streams.map((socket) => new Promise((resolve) => socket.once("data", resolve))))
    expect((await own.ask("studies", {})).status).toBe(200)
    expect(await own.end()).toBe(130)
  })
})
