import { request } from "node:http"
import { createServer } from "node:net"
import { hostname } from "node:os"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Studio } from "../studio/studio.ts"
import { StudyFolder, smallStudy } from "./study-folder.ts"

describe("the command studio", () => {
  const folder = new StudyFolder(smallStudy)
  let studio: Studio
  beforeAll(async () => {
    studio = await Studio.start(folder.path, ["dag.ts"])
  })
  afterAll(async () => {
    await studio.end()
    folder.remove()
  })

  it("prints an address of the loopback with a token, and answers there", async () => {
    expect(studio.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}$/)
    const { body, status } = await studio.ask("studies", {})
    expect(status).toBe(200)
    expect(body).toMatchObject({ studies: [{ file: "dag.ts" }], readOnly: false })
  })

  it("says what is wrong with a question, each thing where it is", async () => {
    const { body, status } = await studio.ask("studies", { studdy: 1 })
    expect(status).toBe(400)
    expect(body).toMatchObject({ errors: [{ code: "asked", message: expect.stringContaining("studdy"), where: { path: "studdy" } }] })
  })

  it("says that a port is taken, that there is no such study, and what to do", async () => {
    const server = createServer().listen(0, "127.0.0.1")
    await new Promise((listening) => server.once("listening", listening))
    const { port } = server.address() as { readonly port: number }
    const taken = folder.sediment("studio", "--no-open", "--port", String(port))
    server.close()
    expect(taken).toMatchObject({ code: 2, out: "" })
    expect(taken.err).toContain(`port ${port} is taken: name another with --port`)
    const missing = folder.sediment("studio", "--no-open", "elsewhere.ts")
    expect(missing.code).toBe(2)
    expect(missing.err).toContain("there is no study at elsewhere.ts")
  })

  it("answers at every address of this machine where it was told to listen at all, and at no other name", async () => {
    const open = await Studio.start(folder.path, ["--host", "0.0.0.0"])
    const port = new URL(open.address).port
    const asked = async (host: string) => {
      const { promise, resolve } = Promise.withResolvers<number>()
      request({ host: "127.0.0.1", port, path: "/", headers: { host } }, (response) => resolve(response.statusCode ?? 0)).end()
      return promise
    }
    expect(await asked(`${hostname()}:${port}`)).toBe(401)
    expect(await asked(`127.0.0.1:${port}`)).toBe(401)
    expect(await asked(`rebound.example:${port}`)).toBe(421)
    await open.end()
  })

  it("ends with 130 on Ctrl-C, also while a page follows it", async () => {
    const other = await Studio.start(folder.path)
    const cookie = `sediment-studio-${new URL(other.origin).port}=${other.token}`
    const events = await fetch(`${other.origin}/events`, { headers: { cookie } })
    expect(events.headers.get("content-type")).toContain("text/event-stream")
    expect(await other.end()).toBe(130)
    await events.body?.cancel().catch(() => {})
  })
})
