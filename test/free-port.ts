import { once } from "node:events"
import { createServer } from "node:net"

/** A port of this machine at which nothing listens; what is started there may be told its address before. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as { readonly port: number }
  server.close()
  await once(server, "close")
  return port
}
