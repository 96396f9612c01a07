import { spawnSync } from "node:child_process"
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { freePort } from "../free-port.ts"

/** The folder with PostgreSQL's programs, as Debian, macOS and others have it. */
const programs = (): string | undefined => {
  const debian = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql").map((version) => `/usr/lib/postgresql/${version}/bin`) : []
  return [...debian.reverse(), ...(process.env["PATH"] ?? "").split(":")].find(
    (folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "pg_ctl"))
  )
}

/** The server does not run as root: then it is the user postgres, where there is one. */
const user = (): { readonly uid?: number; readonly gid?: number } | undefined => {
  if (process.getuid?.() !== 0) return {}
  const ids = ["-u", "-g"].map((flag) => Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout))
  return ids.every((id) => id > 0) ? { uid: ids[0]!, gid: ids[1]! } : undefined
}

export interface LocalPostgres {
  readonly port: number
  /** The address of a database, with user and password. */
  readonly url: (database?: string, password?: string) => string
  readonly stop: () => void
}

/** Starts a server of its own, with a password, on a free port; or says why there is none. */
export const startPostgres = async (): Promise<LocalPostgres | string> => {
  const bin = programs()
  if (bin === undefined) return "no PostgreSQL server is installed here (initdb, pg_ctl)"
  const as = user()
  if (as === undefined) return "PostgreSQL does not run as root, and there is no user postgres"
  const folder = mkdtempSync(join(tmpdir(), "sediment-postgres-"))
  if (as.uid !== undefined) chownSync(folder, as.uid, as.gid!)
  const call = (program: string, ...args: ReadonlyArray<string>) =>
    spawnSync(join(bin, program), args, { ...as, cwd: folder, encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] })
  const data = join(folder, "data")
  writeFileSync(join(folder, "password"), "right @:/ one\n", { mode: 0o644 })
  const made = call(
    "initdb",
    "-D",
    data,
    "-U",
    "tester",
    "-A",
    "scram-sha-256",
    `--pwfile=${join(folder, "password")}`,
    "-E",
    "UTF8",
    "--locale=C.UTF-8",
    "--no-sync"
  )
  const port = await freePort()
  const started =
    made.status === 0
      ? call(
          "pg_ctl",
          "-D",
          data,
          "-w",
          "-l",
          join(folder, "log"),
          "-o",
          `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off`,
          "start"
        )
      : made
  if (started.status !== 0) {
    rmSync(folder, { recursive: true, force: true })
    return `PostgreSQL did not start: ${started.stderr.trim()}`
  }
  return {
    port,
    url: (database = "postgres", password = "right @:/ one") => `postgresql://tester:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    stop: () => {
      call("pg_ctl", "-D", data, "-m", "immediate", "stop")
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
