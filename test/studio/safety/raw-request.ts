/** Requests as no browser sends them. */
import { connect, type Socket } from "node:net"

export interface RawReply {
  /** 0 where nothing came. */
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly text: string
}

/** Opens a connection to the studio; it is the caller's to close. */
export const openSocket = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket))
    socket.on("error", reject)
  })

/** Sends bytes as they are, and gives what comes until the other side closes, or `wait` milliseconds are over. */
export const rawRequest = async (port: number, request: string, wait = 5000): Promise<RawReply> => {
  const socket = await openSocket(port)
  let text = ""
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1")
  })
  const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()))
  socket.on("error", () => {})
  socket.write(request)
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, wait).unref())])
  socket.destroy()
  const [head = "", ...body] = text.split("\r\n\r\n")
  const [first = "", ...lines] = head.split("\r\n")
  const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]))
  return { status: Number(first.split(" ")[1] ?? 0), headers, text: body.join("\r\n\r\n") }
}
