/** Requests to a studio by whoever knows its port: what a browser sends, and what none does. */
import { afterAll, expect } from "vitest"
import { StudyFolder, smallStudy } from "../../cli/study-folder.ts"
import { Studio } from "../studio.ts"
import { type RawReply, rawRequest } from "./raw-request.ts"

interface Asking {
  readonly port: number
  /** A request, line by line; the connection is closed after it. A header that is empty is left out. */
  readonly request: (line: string, headers?: Readonly<Record<string, string>>, body?: string, wait?: number) => Promise<RawReply>
  /** The question that every studio answers. */
  readonly ask: (headers: Readonly<Record<string, string>>) => Promise<RawReply>
}

/** As its own page asks, but for what a test says otherwise. */
const askingOf = (studio: Studio): Asking => {
  const port = Number(new URL(studio.origin).port)
  const request: Asking["request"] = (line, headers = {}, body = "", wait) => {
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
  return { port, request, ask: (headers) => request("POST /ask/studies", { "content-type": "application/json", ...headers }, "{}") }
}

/** A studio of a small study, for as long as the tests of a file last. */
export const askedStudio = async (): Promise<Asking & { readonly folder: StudyFolder; readonly studio: Studio }> => {
  const folder = new StudyFolder(smallStudy)
  folder.run()
  const studio = await Studio.start(folder.path)
  afterAll(async () => {
    await studio.end()
    folder.remove()
  })
  return { folder, studio, ...askingOf(studio) }
}

export const expectSafe = (headers: ReadonlyMap<string, string>) => {
  expect(headers.get("content-security-policy")).toMatch(/default-src 'none'/)
  expect(headers.get("content-security-policy")).not.toMatch(/unsafe-inline|unsafe-eval|\*/)
  expect(headers.get("x-content-type-options")).toBe("nosniff")
  expect(headers.get("referrer-policy")).toBe("no-referrer")
  expect(headers.get("cross-origin-resource-policy")).toBe("same-origin")
  expect(headers.get("cache-control")).toBe("no-store")
  expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([])
}
