/** nginx with WebDAV, as anybody may set it up: a shared store without a line of code. */
import { spawn, spawnSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { connect, createServer } from "node:net"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

/** Whether there is an nginx here that has WebDAV. */
export const hasNginx = (): boolean => {
  const { status, stderr } = spawnSync("nginx", ["-V"], { encoding: "utf8", env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin:/usr/local/sbin` } })
  return status === 0 && stderr.includes("http_dav_module")
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { readonly port: number }
      server.close(() => resolve(port))
    })
  })

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
    socket.on("connect", () => {
      socket.destroy()
      resolve(true)
    })
    socket.on("error", () => resolve(false))
  })

/** The configuration of docs/shared-store.md, with what a test needs besides: everything in one folder, and no right of root. */
const configuration = (folder: string, port: number, more: string): string => `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path ${folder}/incoming;
  proxy_temp_path ${folder}/t1; fastcgi_temp_path ${folder}/t2; uwsgi_temp_path ${folder}/t3; scgi_temp_path ${folder}/t4;
  server {
    listen 127.0.0.1:${port};
    root ${folder}/store;
    client_max_body_size 1g;
    location ~ "^/(cas|ac)/[0-9a-f]{64}$" {
      dav_methods PUT;
      create_full_put_path on;
      ${more}
    }
    location / { return 404; }
  }
}
`

export interface Nginx {
  readonly url: URL
  /** Where its files are. */
  readonly store: string
  readonly stop: () => Promise<void>
}

/** Starts it in a folder; `more` stands in the location of blobs and records. */
export const startNginx = async (folder: string, more = ""): Promise<Nginx> => {
  const port = await freePort()
  const store = join(folder, "store")
  for (const name of ["store", "incoming"]) mkdirSync(join(folder, name), { recursive: true })
  const file = join(folder, "nginx.conf")
  writeFileSync(file, `${process.getuid?.() === 0 ? "user root;\n" : ""}${configuration(folder, port, more)}`)
  const child = spawn("nginx", ["-e", join(folder, "error.log"), "-p", folder, "-c", file], {
    stdio: "inherit",
    env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin:/usr/local/sbin` }
  })
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()))
  for (let i = 0; i < 200 && child.exitCode === null && !(await answers(port)); i++) await sleep(25)
  if (child.exitCode !== null) throw new Error(`nginx ended with code ${child.exitCode}`)
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    store,
    stop: async () => {
      child.kill("SIGTERM")
      await ended
    }
  }
}
