/** The studio against those who may not ask it: other sites, other users of the machine, other machines' names. */
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { StudyFolder, smallStudy } from "../../cli/study-folder.ts"
import { Studio } from "../studio.ts"
import { askedStudio, expectSafe } from "./asking.ts"

const { ask: asking, port, request, studio } = await askedStudio()

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
