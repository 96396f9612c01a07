/** The studio as a user starts it: the built command, in a folder with a study. */
import { type ChildProcess, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { Browser, BrowserContext, Page } from "playwright-core"

const cli = fileURLToPath(new URL("../../dist/cli.mjs", import.meta.url))

export class Studio {
  readonly address: string
  readonly token: string
  readonly #process: ChildProcess

  private constructor(child: ChildProcess, address: string, token: string) {
    this.#process = child
    this.address = address
    this.token = token
  }

  /** Starts it in a folder. Rejects with what it said where it did not start. */
  static start(folder: string, args: ReadonlyArray<string> = [], environment: NodeJS.ProcessEnv = {}): Promise<Studio> {
    // As somebody at a terminal starts it, also where npm started the tests.
    const { npm_command: _, ...own } = process.env
    const child = spawn(process.execPath, [cli, "studio", ...(args.includes("--open") ? [] : ["--no-open"]), "--json", ...args], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...own, ...environment }
    })
    return new Promise((resolve, reject) => {
      let out = ""
      let said = ""
      child.stderr.on("data", (chunk) => {
        said += chunk
      })
      child.stdout.on("data", (chunk) => {
        out += chunk
        if (!out.includes("\n")) return
        const { address, token } = JSON.parse(out)
        if (address === undefined) reject(new Error(out))
        else resolve(new Studio(child, address, token))
      })
      child.on("exit", (code) => reject(new Error(`the studio ended with ${code}: ${said}${out}`)))
    })
  }

  get origin(): string {
    return new URL(this.address).origin
  }

  /** What the browser of whoever opened the address sends along. */
  get cookie(): string {
    return `sediment-studio-${new URL(this.origin).port}=${this.token}`
  }

  /** The number of its process. */
  get pid(): number {
    return this.#process.pid!
  }

  /** Asks as the page does: the body is the answer, or what is wrong, which is "failed" where the page may have asked it. */
  async ask(
    name: string,
    asked: unknown,
    headers: Record<string, string> = {},
    signal?: AbortSignal
  ): Promise<{ readonly status: number | "failed"; readonly body: unknown }> {
    const response = await fetch(`${this.origin}/ask/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: this.cookie, ...headers },
      body: JSON.stringify(asked),
      ...(signal ? { signal } : {})
    })
    const reply = (await response.json()) as object
    if ("answer" in reply) return { status: response.status, body: reply.answer }
    return { status: response.ok ? "failed" : response.status, body: reply }
  }

  /** Opens the page, by the address with its token, at a view (`#/STUDY/VIEW`). Errors of the page are collected: a test looks that there are none. */
  async open(browser: Browser, view = "", options: Parameters<Browser["newContext"]>[0] = {}): Promise<OpenPage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
    const page = await context.newPage()
    const errors: Array<string> = []
    page.on("pageerror", (error) => errors.push(String(error)))
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text())
    })
    await page.goto(this.address)
    if (view !== "") await page.goto(`${this.origin}/${view}`)
    return { page, context, errors }
  }

  /** Ends it as Ctrl-C does; gives its exit code. */
  async end(signal: NodeJS.Signals = "SIGINT"): Promise<number | null> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return this.#process.exitCode
    const ended = new Promise<number | null>((resolve) => this.#process.once("exit", resolve))
    this.#process.kill(signal)
    return ended
  }
}

export interface OpenPage {
  readonly page: Page
  readonly context: BrowserContext
  readonly errors: ReadonlyArray<string>
}
