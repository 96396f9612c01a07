import { spawnSync } from "node:child_process"
import { accessSync, constants, realpathSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, isAbsolute, resolve } from "node:path"
import { recall, remember } from "../../store/memory-file.ts"
import { environmentOf } from "./environment.ts"

/** A version is asked for at most so long. */
const PATIENCE_MS = 60_000
/** So much of what a version command says counts, in characters. */
const MOST = 4000

/** What became of asking for a program's version. */
export type Version = { readonly version: string } | { readonly missing: string } | { readonly unknown: string }

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Where a program is, by its name on the PATH or its absolute path. */
export const findProgram = (program: string): string | undefined => {
  const endings = process.platform === "win32" ? ["", ...(process.env["PATHEXT"] ?? ".EXE").split(";")] : [""]
  const folders = isAbsolute(program) ? [""] : (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "")
  for (const folder of folders)
    for (const ending of endings) {
      const path = folder === "" ? `${program}${ending}` : resolve(folder, `${program}${ending}`)
      if (isProgram(path)) return path
    }
  return undefined
}

const identityOf = (path: string): string => {
  const real = realpathSync(path)
  const { ino, mtimeNs, size } = statSync(real, { bigint: true })
  return `${real} ${size} ${mtimeNs} ${ino}`
}

/** Versions of programs. Each is asked for by a command; while the program's file is the same one, it is remembered. */
export class Programs {
  readonly #path: string
  /** By program and version command: those that this process has asked for, and those that it remembers. */
  readonly #asked = new Map<string, Version>()
  readonly #known = new Map<string, Version>()
  #remembered: Readonly<Record<string, readonly [identity: string, version: string]>> | undefined

  constructor(path: string) {
    this.#path = path
  }

  /** The version of a program, remembered or asked for. */
  version(program: string, command: ReadonlyArray<string>): Version {
    const key = JSON.stringify([program, command])
    let known = this.#known.get(key)
    if (known === undefined) this.#known.set(key, (known = this.#recall(key, program, command) ?? this.versionNow(program, command)))
    return known
  }

  /** The same, asked for if this process has not asked yet: what stands for a program may choose another one by other files than its own. */
  versionNow(program: string, command: ReadonlyArray<string>): Version {
    const key = JSON.stringify([program, command])
    const before = this.#asked.get(key)
    if (before !== undefined) return before
    const [own, asks] = [findProgram(program), findProgram(command[0]!)]
    const found: Version = own === undefined || asks === undefined ? { missing: own === undefined ? program : command[0]! } : ask(asks, command)
    this.#asked.set(key, found)
    this.#known.set(key, found)
    if ("version" in found && JSON.stringify(this.#recall(key, program, command)) !== JSON.stringify(found)) {
      this.#remembered = { ...this.#memory, [key]: [`${identityOf(own!)} ${identityOf(asks!)}`, found.version] }
      remember(this.#path, JSON.stringify(this.#remembered))
    }
    return found
  }

  #recall(key: string, program: string, command: ReadonlyArray<string>): Version | undefined {
    const remembered = this.#memory[key]
    if (remembered === undefined) return undefined
    const [own, asks] = [findProgram(program), findProgram(command[0]!)]
    const same = own !== undefined && asks !== undefined && `${identityOf(own)} ${identityOf(asks)}` === remembered[0]
    return same ? { version: remembered[1] } : undefined
  }

  get #memory(): Readonly<Record<string, readonly [identity: string, version: string]>> {
    return (this.#remembered ??= JSON.parse(recall(this.#path) ?? "{}") as Readonly<Record<string, readonly [string, string]>>)
  }
}

const ask = (path: string, [, ...given]: ReadonlyArray<string>): Version => {
  const { error, signal, status, stderr, stdout } = spawnSync(path, given, {
    cwd: tmpdir(),
    env: environmentOf([]),
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    timeout: PATIENCE_MS,
    killSignal: "SIGKILL",
    windowsHide: true
  })
  if (error !== undefined) return { unknown: error.message }
  if (status !== 0) return { unknown: status === null ? `it was ended by ${signal}` : `it ended with exit code ${status}` }
  const said = `${stdout}\n${stderr}`.replace(/\s+/g, " ").trim().slice(0, MOST)
  return said === "" ? { unknown: "it said nothing" } : { version: said }
}
