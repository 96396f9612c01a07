/** Answers one request: GET, HEAD and PUT of /cas/<sha256> and /ac/<64 hex>, as Bazel's HTTP caches do. */
import type { IncomingMessage, ServerResponse } from "node:http"
import { pipeline } from "node:stream/promises"
import { readActionResult } from "../action-result.ts"
import type { Kind } from "../remote.ts"
import { type Access, refusalOf } from "./access.ts"
import { type BlobFolder, Refused } from "./blob-folder.ts"

/** How many bytes a record may have: they are taken into memory. */
const MOST_RECORD_BYTES = 1 << 20
const PATH = /^\/(cas|ac)\/([0-9a-f]{64})$/
const METHODS = "GET, HEAD, PUT"

/** Gives a request so much time as its bytes may take. */
type Within = (bytes: number) => void

/** A request that was answered. */
export interface Served {
  readonly method: string
  readonly path: string
  readonly status: number
  /** Of the blob or record that came or went. */
  readonly bytes: number
  /** What was said, where it was refused. */
  readonly message?: string
}

const textOf = async (pieces: AsyncIterable<Buffer> | Iterable<Buffer>, length: number): Promise<Buffer> => {
  const got: Array<Buffer> = []
  let bytes = 0
  for await (const piece of pieces) {
    bytes += piece.length
    if (bytes > length) break
    got.push(piece)
  }
  return Buffer.concat(got)
}

/** The blobs of a record that are not there, or have another size. */
const lacking = (folder: BlobFolder, record: Uint8Array): ReadonlyArray<string> | undefined =>
  readActionResult(record)?.flatMap(({ bytes, sha }) => (folder.size("cas", sha) === bytes ? [] : [sha]))

const put = async (folder: BlobFolder, request: IncomingMessage, response: ServerResponse, kind: Kind, key: string, within: Within): Promise<number> => {
  const announced = request.headers["content-length"]
  if (announced === undefined || !/^\d{1,15}$/.test(announced)) throw new Refused(411, "PUT needs a Content-Length")
  const length = Number(announced)
  if (kind === "ac" && length > MOST_RECORD_BYTES) throw new Refused(413, `a record may have ${MOST_RECORD_BYTES} bytes`)
  const giveBack = await folder.reserve(length)
  within(length)
  try {
    if (request.headers.expect !== undefined) response.writeContinue()
    if (kind === "cas") await folder.write(kind, key, length, request)
    else {
      const record = await textOf(request, length)
      const missing = lacking(folder, record)
      if (missing === undefined) throw new Refused(400, "a record is an ActionResult in JSON, with outputFiles")
      if (missing.length > 0) throw new Refused(400, `a record comes after its blobs, and ${missing[0]} is not here`)
      await folder.write(kind, key, length, [record])
    }
  } finally {
    giveBack()
  }
  return length
}

const get = async (folder: BlobFolder, method: string, response: ServerResponse, kind: Kind, key: string, within: Within): Promise<number | undefined> => {
  const type = kind === "ac" ? "application/json" : "application/octet-stream"
  if (kind === "cas" && method === "HEAD") {
    const size = await folder.sizeRelied(kind, key)
    if (size === undefined) return undefined
    response.writeHead(200, { "content-length": size, "content-type": type }).end()
    return size
  }
  const found = await folder.read(kind, key)
  if (found === undefined) return undefined
  within(found.size)
  if (kind === "cas") {
    response.writeHead(200, { "content-length": found.size, "content-type": type })
    if (Array.isArray(found.pieces)) response.end(found.pieces[0])
    else await pipeline(found.pieces, response)
    return found.size
  }
  const record = await textOf(found.pieces, MOST_RECORD_BYTES)
  // A record of which a blob is gone is none.
  if (lacking(folder, record)?.length !== 0) return undefined
  response.writeHead(200, { "content-length": record.length, "content-type": type })
  response.end(method === "HEAD" ? undefined : record)
  return record.length
}

/** Never throws: what goes wrong is the answer, or ends the connection where it has begun already. */
export const answer = async (folder: BlobFolder, access: Access, request: IncomingMessage, response: ServerResponse, within: Within): Promise<Served> => {
  const method = request.method ?? ""
  const path = (request.url ?? "").slice(0, 200)
  const refuse = (status: number, message: string): Served => {
    if (response.headersSent) {
      response.destroy()
      return { method, path, status, bytes: 0, message }
    }
    response.writeHead(status, {
      "content-type": "text/plain; charset=utf-8",
      ...(status === 401 && { "www-authenticate": "Bearer" }),
      ...(status === 405 && { allow: METHODS })
    })
    response.end(method === "HEAD" ? undefined : `${message}\n`)
    return { method, path, status, bytes: 0, message }
  }
  try {
    if (!METHODS.split(", ").includes(method)) return refuse(405, `this server knows ${METHODS}`)
    const refusal = refusalOf({ method, authorization: request.headers.authorization, host: request.headers.host }, access)
    if (refusal !== undefined) return refuse(refusal.status, refusal.message)
    const [, kind, key] = PATH.exec(path) ?? []
    if ((kind !== "cas" && kind !== "ac") || key === undefined) return refuse(404, "there is /cas/<sha256> and /ac/<64 hexadecimal digits>")
    if (method !== "PUT") {
      const bytes = await get(folder, method, response, kind, key, within)
      return bytes === undefined ? refuse(404, "not here") : { method, path, status: 200, bytes }
    }
    const bytes = await put(folder, request, response, kind, key, within)
    response.writeHead(201, { "content-length": 0 }).end()
    return { method, path, status: 201, bytes }
  } catch (cause) {
    if (cause instanceof Refused) return refuse(cause.status, cause.message)
    const { code = "", message } = cause as NodeJS.ErrnoException
    // 499, as nginx has it: whoever asked has gone, or was too slow.
    const gone = ["ECONNRESET", "ERR_STREAM_PREMATURE_CLOSE", "ABORT_ERR"].includes(code)
    return refuse(gone ? 499 : 500, gone ? "the connection ended before all had come" : message)
  }
}
