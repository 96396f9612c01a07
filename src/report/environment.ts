import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import packageFile from "../../package.json" with { type: "json" }
import type { EnvironmentFacts } from "./facts.ts"

const LOCKFILES = ["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"]

/** The nearest lockfile in a folder or above it. */
const lockfileAbove = (folder: string): string | undefined => {
  for (let at = folder; ; at = dirname(at)) {
    const found = LOCKFILES.map((name) => join(at, name)).find((path) => existsSync(path))
    if (found !== undefined || dirname(at) === at) return found
  }
}

const git = (folder: string, ...args: ReadonlyArray<string>): string | undefined => {
  try {
    return execFileSync("git", ["-C", folder, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 5000 })
  } catch {
    // No git, no repository, or none with a commit.
    return undefined
  }
}

/** What a report says of the machine and the versions that it was written with. A study's folder need not be a repository. */
export const environmentOf = (folder: string): EnvironmentFacts => {
  const lockfile = lockfileAbove(folder)
  const commit = git(folder, "rev-parse", "HEAD")?.trim()
  const edited = commit === undefined ? undefined : git(folder, "status", "--porcelain", "--untracked-files=no", "--", ".")
  return {
    sediment: packageFile.version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    lockfile:
      lockfile === undefined
        ? undefined
        : { path: relative(folder, lockfile).replaceAll("\\", "/"), sha256: createHash("sha256").update(readFileSync(lockfile)).digest("hex") },
    git: commit === undefined || edited === undefined ? undefined : { commit, edited: edited.split("\n").filter((line) => line !== "").length }
  }
}
