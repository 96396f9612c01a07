/** Workers as their users start them. */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { cli, type StudyFolder } from "../cli/study-folder.ts"

export interface Told {
  readonly event: string
  readonly node?: string
  readonly why?: string
  readonly [field: string]: unknown
}

export class WorkerProcess {
  readonly process: ChildProcess
  /** What it has told so far, and what it wrote besides. */
  readonly told: Array<Told> = []
  said = ""

  private constructor(child: ChildProcess) {
    this.process = child
    let rest = ""
    child.stdout!.on("data", (chunk) => {
      const lines = `${rest}${chunk}`.split("\n")
      rest = lines.pop()!
      for (const line of lines) this.told.push(JSON.parse(line) as Told)
      child.emit("told")
    })
    child.stderr!.on("data", (chunk) => {
      this.said += chunk
    })
  }

  /** Starts one, and waits until it listens. */
  static start(folder: StudyFolder, ...args: ReadonlyArray<string>): Promise<WorkerProcess> {
    return WorkerProcess.startOf(cli, folder, ...args)
  }

  /** One of another installation. */
  static async startOf(program: string, folder: StudyFolder, ...args: ReadonlyArray<string>): Promise<WorkerProcess> {
    const child = spawn(process.execPath, [program, "worker", "--json", ...args], {
      cwd: folder.path,
      env: folder.environment,
      stdio: ["ignore", "pipe", "pipe"]
    })
    const worker = new WorkerProcess(child)
    child.once("exit", () => child.emit("told"))
    await worker.until(() => worker.told.length > 0 || child.exitCode !== null)
    return worker
  }

  /** Waits until something is so, looking whenever it tells something. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await once(this.process, "told")
  }

  /** The nodes that it has executed. */
  get executed(): ReadonlyArray<string> {
    return this.told.flatMap(({ event, node }) => (event === "finished" && node !== undefined ? [node] : []))
  }

  async end(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      // With all that it has written.
      const ended = once(this.process, "close")
      this.process.kill(signal)
      await ended
    }
    return this.process.exitCode
  }
}
