/** The studio against those who may not ask it: other sites, other users of the machine, other machines' names, and studies that hold more than text. */
import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync, renameSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Questions, questions } from "../../src/studio/messages/questions.ts"
import { StudyFolder, smallStudy } from "../cli/study-folder.ts"
import { launchBrowser } from "./browser.ts"
import { HOSTILE, hostileStudy } from "./hostile-study.ts"
import { openSocket, rawRequest } from "./raw-request.ts"
import { type OpenPage, Studio } from "./studio.ts"

const folder = new StudyFolder(smallStudy)
let studio: Studio
let port: number
beforeAll(async () => {
  folder.run()
  studio = await Studio.start(folder.path)
  port = Number(new URL(studio.origin).port)
})
afterAll(async () => {
  await studio.end()
  folder.remove()
})

/** A request, line by line; the connection is closed after it. */
const request = (line: string, headers: Readonly<Record<string, string>> = {}, body = "", wait?: number) => {
  const all = {
    host: `127.0.0.1:${port}`,
    cookie: studio.cookie,
    connection: "close",
    ...(body === "" ? {} : { "content-length": String(Buffer.byteLength(body)) }),
    ...headers
  }
  const lines = Object.entries(all).flatMap(([name, value]) => (value === "" ? [] : [`${name}: ${value}`]))
  return rawRequest(port, [`${line} HTTP/1.1`, ...lines, "", body].join("\r\n"), wait)
}
const asking = (headers: Readonly<Record<string, string>>, body = "{}") =>
  request("POST /ask/studies", { "content-type": "application/json", ...headers }, body)

const expectSafe = (headers: ReadonlyMap<string, string>) => {
  expect(headers.get("content-security-policy")).toMatch(/default-src 'none'/)
  expect(headers.get("content-security-policy")).not.toMatch(/unsafe-inline|unsafe-eval|\*/)
  expect(headers.get("x-content-type-options")).toBe("nosniff")
  expect(headers.get("referrer-policy")).toBe("no-referrer")
  expect(headers.get("cross-origin-resource-policy")).toBe("same-origin")
  expect(headers.get("cache-control")).toBe("no-store")
  expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([])
}

describe("who may ask", () => {
  it("answers its own page", async () => {
    const own = { origin: studio.origin, "sec-fetch-site": "same-origin" }
    expect((await asking(own)).status).toBe(200)
    expect((await request("GET /", { "sec-fetch-site": "none" })).status).toBe(200)
  })

  it.each([
    ["a name that was made to lead here", "evil.example"],
    ["that name with the port", "evil.example:PORT"],
    ["a name that begins as its own", "127.0.0.1.evil.example:PORT"],
    ["a name that ends as its own", "evil.localhost:PORT"],
    ["user information", "127.0.0.1:PORT@evil.example"],
    ["another port", "127.0.0.1:1"],
    ["another address of the loopback", "127.0.0.2:PORT"],
    ["a number for an address", "2130706433:PORT"],
    ["nothing", ""]
  ])("is not called by %s (DNS rebinding)", async (_, host) => {
    for (const line of ["GET /", "GET /events", "GET /page.js", `GET /?token=${studio.token}`, `GET /sql/${"0".repeat(32)}.csv`]) {
      const reply = await request(line, { host: host.replace("PORT", String(port)) })
      expect([400, 421]).toContain(reply.status)
      expect(reply.headers.get("set-cookie")).toBeUndefined()
    }
    expect([400, 421]).toContain((await asking({ host: host.replace("PORT", String(port)) })).status)
  })

  it.each([
    { origin: "http://evil.example" },
    { origin: "null" },
    { origin: "https://127.0.0.1:PORT" },
    { origin: "http://127.0.0.1:1" },
    { origin: "http://127.0.0.1:PORT.evil.example" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "http://evil.example", "sec-fetch-site": "same-origin" }
  ])("refuses a page of another site, which the browser tells of: %j", async (told) => {
    const headers = Object.fromEntries(Object.entries(told).map(([name, value]) => [name, value.replace("PORT", String(port))]))
    for (const reply of [await asking(headers), await request("GET /events", headers), await request("GET /page.js", headers)]) {
      expect(reply.status).toBe(403)
      expectSafe(reply.headers)
    }
  })

  it("takes no question that a form of another site can send, and answers no preflight", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain; application/json", ""])
      expect((await asking({ "content-type": type })).status).toBe(415)
    const preflight = await request("OPTIONS /ask/studies", {
      origin: "http://evil.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type"
    })
    expect(preflight.status).toBe(403)
    expectSafe(preflight.headers)
    expect((await request("OPTIONS /ask/studies")).status).toBe(405)
  })

  it("answers nothing without its token", async () => {
    const wrong = studio.token.replace(/^./, (letter) => (letter === "a" ? "b" : "a"))
    const name = `sediment-studio-${port}`
    for (const cookie of [
      "",
      `${name}=`,
      `${name}=${wrong}`,
      `${name}=${studio.token}x`,
      `${name}=${studio.token.slice(0, -1)}`,
      `sediment-studio-1=${studio.token}`,
      `x${name}=${studio.token}`,
      `${name}=${wrong}; ${name}=${studio.token}`
    ]) {
      for (const line of [
        "GET /",
        "GET /page.js",
        "GET /events",
        `GET /page.js?token=${studio.token}`,
        `GET /?token=${wrong}`,
        "GET /?once=",
        `POST /?token=${studio.token}`
      ]) {
        const reply = await request(line, { cookie })
        expect(`${line} ${reply.status}`).toBe(`${line} 401`)
        expect(reply.headers.get("set-cookie")).toBeUndefined()
        expectSafe(reply.headers)
      }
      expect((await asking({ cookie })).status).toBe(401)
    }
  })

  it("takes the token out of the address, also where it is opened again", async () => {
    for (const cookie of ["", studio.cookie]) {
      const reply = await request(`GET /?token=${studio.token}`, { cookie })
      expect([reply.status, reply.headers.get("location")]).toEqual([303, "/"])
      expect(reply.headers.get("set-cookie")).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/)
      expectSafe(reply.headers)
    }
  })
})

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

describe.skipIf(process.platform === "win32" || process.platform === "darwin")("the token", () => {
  it("is not what the browser is opened with, which everybody on the machine can read; what it is opened with is good once", async () => {
    const machine = new StudyFolder({ ...smallStudy, "bin/xdg-open": '#!/bin/sh\nprintf "%s" "$1" > "$OPENED.part"; mv "$OPENED.part" "$OPENED"\n' })
    execFileSync("chmod", ["+x", machine.at("bin/xdg-open")])
    const opened = machine.at("opened")
    const own = await Studio.start(machine.path, ["--open"], { PATH: `${machine.at("bin")}:${process.env["PATH"]}`, OPENED: opened })
    const read = () => {
      try {
        return readFileSync(opened, "utf8")
      } catch {
        return ""
      }
    }
    await expect.poll(read, { timeout: 10_000 }).not.toBe("")
    const address = read()
    expect(address).not.toContain(own.token)
    const first = await fetch(address, { redirect: "manual" })
    expect([first.status, first.headers.get("location"), first.headers.get("set-cookie")?.startsWith(own.cookie)]).toEqual([303, "/", true])
    const second = await fetch(address, { redirect: "manual" })
    expect([second.status, await second.text()]).toEqual([401, expect.stringContaining("good for one opening")])
    // Those that it starts are not told either.
    await own.ask("sql", { study: "small", run: null, query: "SELECT 1" })
    const processes = execFileSync("ps", ["-eo", "args="], { encoding: "utf8" })
    expect(processes).not.toContain(own.token)
    await own.end()
    machine.remove()
  })
})

const browser: Browser | undefined = await launchBrowser()

describe.skipIf(browser === undefined)("a study that tries to be more than text", () => {
  const hostile = new StudyFolder(hostileStudy)
  let own: Studio
  let opened: OpenPage
  const hosts = new Set<string>()
  const dialogs: Array<string> = []
  const pending = new Set<unknown>()
  beforeAll(async () => {
    hostile.sediment("run")
    own = await Studio.start(hostile.path)
    opened = await own.open(browser!)
    const { page } = opened
    page.on("request", (request) => {
      hosts.add(new URL(request.url()).host)
      if (!request.url().endsWith("/events")) pending.add(request)
    })
    for (const over of ["requestfinished", "requestfailed"] as const) page.on(over as "requestfinished", (request) => pending.delete(request))
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
  })
  afterAll(async () => {
    await own.end()
    await browser!.close()
    hostile.remove()
  })
  /** Waits until what a view asks for has come, and is drawn. */
  const settled = async () => {
    for (let quiet = 0; quiet < 3; quiet = pending.size === 0 ? quiet + 1 : 0) await opened.page.waitForTimeout(60)
  }
  const item = encodeURIComponent(`item[${HOSTILE}]`)
  const column = encodeURIComponent(HOSTILE)
  const views = [
    "graph",
    "graph?node=panel",
    "graph?node=failed",
    `graph?node=${item}`,
    "node/panel",
    `node/${item}`,
    `node/panel?column=${column}&row=0`,
    "node/failed",
    "results",
    "estimates",
    "runs",
    `runs/trace?node=panel&entity=${column}&year=2000&column=${column}`,
    "what-if",
    "what-if?node=panel",
    `sql?query=${encodeURIComponent(`SELECT *, '${HOSTILE.replaceAll("'", "''")}' AS said FROM panel`)}`,
    `${column}/${column}?x=${column}`
  ]
  /** Views in which some of the study's words stand. */
  const TELLS = /^(graph|node|sql|runs\/|what-if\?)/
  it.each(views)("is shown as text: #/hostile/%s", async (view) => {
    const { errors, page } = opened
    await page.goto(`${own.origin}/#/hostile/${view}`)
    await page.locator("main > *").first().waitFor()
    if (view.startsWith("sql")) {
      await page.getByRole("textbox", { name: "query" }).press("Control+Enter")
      await expect.poll(() => page.locator(".sql-grid").textContent(), { timeout: 15_000 }).toContain("<img src=x onerror=")
    }
    await settled()
    if (TELLS.test(view)) await expect.poll(() => page.locator("body").textContent(), { timeout: 15_000 }).toContain("<img src=x onerror=")
    const found = await page.evaluate<Record<string, unknown>>(`({
      hit: globalThis.hit ?? null,
      made: document.querySelectorAll("[onerror], main script, main iframe, main object, main embed, main base, img[src='x']").length,
      links: [...document.querySelectorAll("[href], [src], [action], [formaction]")].map((one) => one.getAttribute("href") ?? one.getAttribute("src") ?? "").filter((one) => /^\\s*(javascript|vbscript|data:text)/i.test(one))
    })`)
    expect({ ...found, dialogs }).toEqual({ hit: null, made: 0, links: [], dialogs: [] })
    expect([...hosts].filter((host) => host !== "" && host !== new URL(own.origin).host)).toEqual([])
    expect(errors.filter((error) => !/the server responded with a status of 4/.test(error))).toEqual([])
  })

  it("and the page itself has no script or style in its text, and loads from nowhere else", () => {
    const folder = new URL("../../dist/studio/", import.meta.url)
    const page = readFileSync(new URL("index.html", folder), "utf8")
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|https?:/i)
    const names = readdirSync(folder)
    expect(names.filter((name) => !/\.(html|js|css|svg|woff2)$/.test(name))).toEqual([])
    for (const name of names.filter((one) => one.endsWith(".css")))
      expect(readFileSync(new URL(name, folder), "utf8")).not.toMatch(/url\(\s*["']?(https?:|\/\/)|@import/)
  })
})
