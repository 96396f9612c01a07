/** nginx with WebDAV, as anybody may set it up: a shared store without a line of code. */
import { spawn, spawnSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { blocksOf } from "../../docs/blocks.ts"
import { freePort } from "../../free-port.ts"

/** Whether there is an nginx here that has WebDAV. */
export const hasNginx = (): boolean => {
  const { status, stderr } = spawnSync("nginx", ["-V"], { encoding: "utf8", env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin:/usr/local/sbin` } })
  return status === 0 && stderr.includes("http_dav_module")
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
    socket.on("connect", () => {
      socket.destroy()
      resolve(true)
    })
    socket.on("error", () => resolve(false))
  })

/** The token of docs/shared-store.md with which everything may be done. */
export const TOKEN = "WRITE-TOKEN"

/** The configuration of docs/shared-store.md at another port and in another folder, and what a test needs besides: no folder and no right of root. */
const configuration = (folder: string, port: number): string => {
  const documented = blocksOf("docs/shared-store.md").find(({ language }) => language === "nginx")!.text
  return `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 256; }
http {
  access_log off;
  proxy_temp_path ${folder}/t1; fastcgi_temp_path ${folder}/t2; uwsgi_temp_path ${folder}/t3; scgi_temp_path ${folder}/t4;
  ${documented.replace(/listen \d+;/, `listen 127.0.0.1:${port};`).replaceAll("/srv/sediment", folder)}
}
`
}

export interface Nginx {
  readonly url: URL
  /** Where its files are. */
  readonly store: string
  readonly stop: () => Promise<void>
}

export const startNginx = async (folder: string): Promise<Nginx> => {
  const port = await freePort()
  const store = join(folder, "store")
  for (const name of ["store", "incoming"]) mkdirSync(join(folder, name), { recursive: true })
  const file = join(folder, "nginx.conf")
  writeFileSync(file, `${process.getuid?.() === 0 ? "user root;\n" : ""}${configuration(folder, port)}`)
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
