/** The entry of the command line. Runs on any Node from 20 on as far as finding one that is new enough. */
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import module from "node:module"
import { fileURLToPath } from "node:url"

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)

/** Starts again on the Node that came through npm; says what to do where there is none. */
const restart = (): void => {
  const own = fileURLToPath(new URL(`../node_modules/.bin/node${process.platform === "win32" ? ".cmd" : ""}`, import.meta.url))
  if (!existsSync(own)) {
    process.stderr.write(
      `sediment: this is Node ${process.versions.node}, and Sediment needs 22.19 or newer. On Linux and Windows it brings its own: run "npm ci" without --omit=optional. On macOS install Node 24 from nodejs.org.\n`
    )
    process.exitCode = 2
    return
  }
  const child = spawn(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" })
  // A terminal's Ctrl-C goes to both, and the other takes two that come together for one; whoever signals this process alone means the other.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal))
  child.on("exit", (code) => process.exit(code ?? 130))
}

if (major < 22 || (major === 22 && minor < 19)) restart()
else {
  // Before anything large is loaded.
  module.enableCompileCache()
  const { main } = await import("./main.ts")
  main(import.meta.url)
}
