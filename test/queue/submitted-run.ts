/** Runs that are submitted to workers, as their users start them. */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { cli, type RunDocument, type StudyFolder } from "../cli/study-folder.ts"

export class SubmittedRun {
  readonly process: ChildProcess
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>

  #said = ""

  private constructor(child: ChildProcess) {
    this.process = child
    let out = ""
    child.stdout!.on("data", (chunk) => {
      out += chunk
    })
    child.stderr!.on("data", (chunk) => {
      this.#said += chunk
      child.emit("said")
    })
    child.once("exit", () => child.emit("said"))
    this.ended = once(child, "close").then(() => ({ code: child.exitCode, out, err: this.#said }))
  }

  static start(folder: StudyFolder, queue: string, ...args: ReadonlyArray<string>): SubmittedRun {
    return new SubmittedRun(
      spawn(process.execPath, [cli, "run", "--json", "--executor", queue, ...args], {
        cwd: folder.path,
        env: folder.environment,
        stdio: ["ignore", "pipe", "pipe"]
      })
    )
  }

  get isOver(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null
  }

  /** Waits until it says something on standard error. */
  async until(words: string): Promise<void> {
    while (!this.#said.includes(words) && !this.isOver) await once(this.process, "said")
  }

  async kill(): Promise<void> {
    this.process.kill("SIGKILL")
    await this.ended
  }

  /** What the run came to, once it has succeeded. */
  async document(): Promise<RunDocument> {
    const { code, err, out } = await this.ended
    if (code !== 0) throw new Error(`the run ended with ${code}: ${out}${err}`)
    return JSON.parse(out) as RunDocument
  }
}
