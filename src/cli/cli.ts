/** The entry of the command line. Runs on any Node from 20 on as far as finding one that is new enough. */
import { spawn } from "node:child_process"
import module from "node:module"
import { fileURLToPath } from "node:url"

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)

/** The Node that npm brought, wherever it put it: beside a package that was installed, below a clone. */
const ownNode = (): string | undefined => {
  const [system, program] = process.platform === "win32" ? ["win", "node.exe"] : [process.platform, "node"]
  try {
    return module.createRequire(import.meta.url).resolve(`node-${system}-${process.arch}/bin/${program}`)
  } catch {
    return undefined
  }
}

/** Starts again on the Node that came through npm; says what to do where there is none. */
const restart = (): void => {
  const own = ownNode()
  if (own === undefined) {
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
