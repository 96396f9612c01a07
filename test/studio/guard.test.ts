import { describe, expect, it } from "vitest"
import { type Asking, cookieName, refusalOf } from "../../src/studio/server/guard.ts"

const asking = (host: string, origin: string, port: number): Asking => ({
  method: "GET",
  path: "/events",
  host,
  origin,
  fetchSite: "same-origin",
  cookie: `${cookieName(port)}=word`
})

describe("who may ask", () => {
  it.each([
    [80, "localhost", "http://localhost"],
    [8080, "localhost:8080", "http://localhost:8080"]
  ])("knows its own page at port %i as browsers write it", (port, host, origin) => {
    const guarded = { token: "word", port, hosts: [] }
    expect(refusalOf(asking(host, origin, port), guarded)).toBeUndefined()
    expect(refusalOf(asking("localhost:81", origin, port), guarded)?.code).toBe("host")
    expect(refusalOf(asking(host, "http://localhost:81", port), guarded)?.code).toBe("origin")
  })
})
