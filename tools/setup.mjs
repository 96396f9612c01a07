// Makes a clone ready: installs the packages of the lockfile and builds dist/, each only when it is out of date. Plain JavaScript that runs on any Node from 20 on.
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const at = (...parts) => path.join(root, ...parts)

/** Runs a command with the repository's own Node first on the PATH; ends this process where it fails. */
export const must = (command, args, options = {}) => {
  // Ctrl-C goes to both: this process waits for the other's clean end.
  const wait = () => {}
  process.on("SIGINT", wait)
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: `${at("node_modules", ".bin")}${path.delimiter}${process.env.PATH}` },
    ...options
  })
  process.off("SIGINT", wait)
  if (done.error) throw done.error
  if (done.status !== 0) process.exit(done.status ?? 130)
}

const npm = (args) => {
  const cli = process.env.npm_execpath
  if (cli && /\.[cm]?js$/.test(cli)) must(process.execPath, [cli, ...args])
  else must(process.platform === "win32" ? "npm.cmd" : "npm", args, { shell: process.platform === "win32" })
}

const installed = () => {
  const record = at("node_modules", ".package-lock.json")
  return existsSync(record) && statSync(record).mtimeMs >= statSync(at("package-lock.json")).mtimeMs
}

/** What the build depends on, by path, size and time: dist/.inputs holds the value that it was made from. */
const inputs = () => {
  const hash = createHash("sha256")
  const walk = (folder) => {
    for (const entry of readdirSync(at(folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = `${folder}/${entry.name}`
      if (entry.isDirectory()) walk(name)
      else {
        const { mtimeMs, size } = statSync(at(name))
        hash.update(`${name} ${size} ${mtimeMs}\n`)
      }
    }
  }
  for (const folder of ["src", "tools"]) walk(folder)
  for (const file of ["package.json", "package-lock.json"]) hash.update(readFileSync(at(file)))
  return hash.digest("hex")
}

/** Where node_modules is a symbolic link, `npm ci` would empty the folder that it leads to, which is another clone's. */
const refuseLink = () => {
  const folder = at("node_modules")
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) return
  const why = existsSync(at("node_modules", ".package-lock.json")) ? "older than package-lock.json" : "not what npm makes of package-lock.json"
  console.error(
    `${folder} is a symbolic link to ${readlinkSync(folder)}, and what is there is ${why}. "npm ci" would empty that folder, so it is not called: ` +
      'run "npm ci" where the link leads to, or delete the link (not what it leads to) and call this again'
  )
  process.exit(2)
}

export const setup = () => {
  if (!installed()) {
    refuseLink()
    console.error("installing packages (npm ci) …")
    npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
  }
  const now = inputs()
  const stamp = at("dist", ".inputs")
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== now) {
    console.error("building dist/ …")
    must(process.execPath, [at("tools", "build.mjs")])
    writeFileSync(stamp, now)
  }
}
