import { spawn } from "node:child_process"
import { cli, type StudyFolder } from "../cli/study-folder.ts"

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
  readonly ms: number
}
export interface Call {
  readonly ended: Promise<Ended>
  /** SIGKILL to the process and to all that it started; nothing where it has ended. */
  readonly kill: () => void
  /** Resolves when stderr has this many lines, or when the call has ended. */
  readonly lines: (count: number) => Promise<void>
}

/** Starts the built command line in a study's folder, in a process group of its own. */
export const start = (study: StudyFolder, ...args: ReadonlyArray<string>): Call => {
  const began = performance.now()
  const child = spawn(process.execPath, [cli, ...args], { cwd: study.path, env: study.environment, stdio: ["ignore", "pipe", "pipe"], detached: true })
  let out = ""
  let err = ""
  const waiting = new Set<{ readonly count: number; readonly resolve: () => void }>()
  const wake = (all: boolean) => {
    const lines = err.split("\n").length - 1
    for (const one of waiting)
      if (all || lines >= one.count) {
        waiting.delete(one)
        one.resolve()
      }
  }
  child.stdout.setEncoding("utf8").on("data", (text) => (out += text))
  child.stderr.setEncoding("utf8").on("data", (text) => {
    err += text
    wake(false)
  })
  let over = false
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject)
    child.on("close", (code, signal) => {
      over = true
      wake(true)
      resolve({ code, signal, out, err, ms: performance.now() - began })
    })
  })
  return {
    ended,
    kill: () => {
      // Of a call that has ended, the number may be another process's by now.
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGKILL")
    },
    lines: (count) =>
      new Promise((resolve) => {
        waiting.add({ count, resolve })
        wake(over)
      })
  }
}

export const call = (study: StudyFolder, ...args: ReadonlyArray<string>): Promise<Ended> => start(study, ...args).ended

/** What no call may come to, whatever happened to its cache. */
export const crashes = (what: string, { code, err, out, signal }: Ended): ReadonlyArray<string> => {
  const text = `${out}\n${err}`
  const wrong =
    signal !== null
      ? `ended by ${signal}`
      : code !== 0 && code !== 1 && code !== 2
        ? `exit code ${code}`
        : /^\s+at .+(:\d+|\))$/m.test(text) || /fault of Sediment itself|"defect"/.test(text)
          ? "a stack trace or a defect"
          : undefined
  return wrong === undefined ? [] : [`${what}: ${wrong}\n${text.trim()}`]
}
