import { createHash } from "node:crypto"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join, relative } from "node:path"
import type { RunDocument } from "../cli/study-folder.ts"

/** What a run came to, without how it came to it. */
export interface Outcome {
  /** By node: its artifacts by SHA-256, its warnings, its errors; a node that was fresh counts as one that ran. */
  readonly nodes: ReadonlyMap<string, string>
  /** SHA-256 of every rendered file. */
  readonly results: ReadonlyMap<string, string>
}

/** The files below a folder, in order; those that go while they are listed are left out. */
export const filesBelow = (folder: string): ReadonlyArray<string> => {
  const found: Array<string> = []
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) if (entry.isFile()) found.push(join(entry.parentPath, entry.name))
  return found.sort()
}
export const sha256 = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex")
const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined

export const resultsIn = (folder: string): Outcome["results"] => {
  const results = join(folder, "results")
  const rendered = exists(results) ? filesBelow(results).filter((path) => /\.(md|svg)$/.test(path)) : []
  return new Map(rendered.map((path) => [relative(results, path), sha256(path)]))
}

/** What a run said, and what stands in `results/` after it. */
export const outcomeOf = (folder: string, document: RunDocument): Outcome => {
  const nodes = new Map<string, string>()
  for (const { artifacts, errors = [], node, state, warnings } of document.nodes) {
    const artifactsInOrder = Object.entries(artifacts).sort(([a], [b]) => (a < b ? -1 : 1))
    nodes.set(node, JSON.stringify([state === "fresh" ? "ran" : state, artifactsInOrder, warnings, errors]))
  }
  return { nodes, results: resultsIn(folder) }
}

/** Where an outcome is not what a clean run came to. */
export const differences = (what: string, clean: Outcome, found: Outcome): ReadonlyArray<string> =>
  (["nodes", "results"] as const).flatMap((part) =>
    [...new Set([...clean[part].keys(), ...found[part].keys()])].flatMap((name) => {
      const [expected, actual] = [clean[part].get(name), found[part].get(name)]
      return expected === actual ? [] : [`${what}: ${name} is ${actual ?? "not there"}, and a clean run gives ${expected ?? "none"}`]
    })
  )

/** The artifacts that a run names. */
export const artifactsIn = (document: RunDocument): ReadonlyArray<string> => document.nodes.flatMap(({ artifacts }) => Object.values(artifacts))

/** Which of some artifacts have no file with their bytes below a folder. */
export const absentFrom = (folder: string, artifacts: ReadonlyArray<string>): ReadonlyArray<string> => {
  const there = new Set(filesBelow(folder).map(sha256))
  return artifacts.filter((artifact) => !there.has(artifact))
}
