/** A Redis of a test's own, kept in memory only; it can be killed and started again at its port. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { connect } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { freePort } from "../free-port.ts"

const PROGRAMS = ["redis-server", "valkey-server"]
/** The program that is here; undefined where none is. */
export const redisProgram: string | undefined = PROGRAMS.find((program) => spawnSync(program, ["--version"]).status === 0)

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
    socket.on("connect", () => socket.destroy()).on("close", (failed) => resolve(!failed))
    socket.on("error", () => {})
  })

export class RedisServer {
  readonly port: number
  readonly #args: ReadonlyArray<string>
  #process: ChildProcess | undefined

  private constructor(port: number, args: ReadonlyArray<string>) {
    this.port = port
    this.#args = args
  }

  static async start(args: ReadonlyArray<string> = []): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), args)
    await server.startAgain()
    return server
  }

  get address(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  /** Starts it with nothing in it. */
  async startAgain(): Promise<void> {
    const child = spawn(redisProgram!, ["--port", String(this.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", ...this.#args], {
      stdio: "ignore"
    })
    this.#process = child
    for (let i = 0; i < 400 && child.exitCode === null && !(await answers(this.port)); i++) await sleep(25)
    if (child.exitCode !== null) throw new Error(`${redisProgram} ended with code ${child.exitCode}`)
  }

  async kill(): Promise<void> {
    const child = this.#process
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once("exit", resolve))
    child.kill("SIGKILL")
    await ended
  }
}
