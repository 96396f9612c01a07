import type { Expected } from "./expected.ts"

/**
 * `replicate.mjs`, which `npm start` runs in a replication package: plain JavaScript for any Node from 20 on, as there may be no other yet.
 * It installs what the lockfile says, then calls Sediment on the Node that came with it.
 */
export const startScript = ({ entry, with: replaced }: Expected): string => {
  const about = ["--study", entry, ...Object.entries(replaced).flatMap(([name, path]) => ["--with", `${name}=${path}`])]
  return `// npm start: installs what package-lock.json says, runs the study, and compares what comes out with expected.json. README.md tells more.
import { spawnSync } from "node:child_process"
import { existsSync, statSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"

const root = path.dirname(fileURLToPath(import.meta.url))
const at = (...parts) => path.join(root, ...parts)
const windows = process.platform === "win32"
const call = (command, args, options = {}) => {
  const done = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options })
  if (done.error) throw done.error
  return done.status ?? 130
}

const record = at("node_modules", ".package-lock.json")
if (!existsSync(record) || statSync(record).mtimeMs < statSync(at("package-lock.json")).mtimeMs) {
  console.error("installing packages (npm ci) …")
  const npm = process.env.npm_execpath
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"]
  const status = npm && /\\.[cm]?js$/.test(npm) ? call(process.execPath, [npm, ...args]) : call(windows ? "npm.cmd" : "npm", args, { shell: windows })
  if (status !== 0) process.exit(status)
}

// The Node that came through npm, where one did.
const own = at("node_modules", \`node-\${windows ? "win" : process.platform}-\${process.arch}\`, "bin", windows ? "node.exe" : "node")
const node = existsSync(own) ? own : process.execPath
const sediment = (...args) => call(node, [path.join("node_modules", "@sediment", "sediment", "dist", "cli.mjs"), ...args])
const about = ${JSON.stringify(about)}

// What the data are, before they are computed with; then the run, which goes on past what fails; its stored results; and the comparison, which decides.
const stop = (status) => {
  // The call or the study is at fault, or somebody typed Ctrl-C.
  if (status === 2 || status === 130) process.exit(status)
}
stop(sediment("package", "--check", ".", "--data"))
stop(sediment("run", ...about))
const whole = sediment("verify")
const same = sediment("package", "--check", ".")
process.exitCode = whole === 0 ? same : whole
`
}
