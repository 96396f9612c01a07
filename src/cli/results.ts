import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { Effect } from "effect"
import { readArrow } from "../artifact/read.ts"
import type { RunReport } from "../engine/events.ts"
import type { Study } from "../engine/study.ts"
import { laidOut, renderArtifact } from "../render/render.ts"
import { ObjectStore } from "../store/objects.ts"

const writeWhole = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}`
  writeFileSync(temporary, text)
  renameSync(temporary, path)
}

/** Renders the printed tables and figures of a run to `results/<study>/<node>.md` and `.svg`, those that are not there yet, or were rendered from another artifact or by another `build` of Sediment. Gives the folders. */
export const writeResults = (studies: ReadonlyArray<Study>, report: RunReport, folder: string, build: string) =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const folders: Array<string> = []
    let written = 0
    for (const study of studies) {
      const directory = join(folder, study.graph.study)
      const record = join(directory, ".rendered.json")
      const before: Record<string, string> = existsSync(record) ? JSON.parse(readFileSync(record, "utf8")) : {}
      const now: Record<string, string> = {}
      for (const node of study.graph.nodes) {
        const artifacts = report.nodes.find((one) => one.study === study.graph.study && one.node === node.name)?.artifacts ?? {}
        for (const [output, type] of Object.entries(node.outputs)) {
          const artifact = artifacts[output]
          if (!laidOut.has(type) || artifact === undefined) continue
          const name = output === "output" ? node.name : `${node.name}.${output}`
          const key = `${artifact} ${build}`
          const paths = ["md", "svg"].map((format) => join(directory, `${name}.${format}`))
          if (before[name] !== key || !paths.every((path) => existsSync(path))) {
            const table = readArrow(yield* objects.get(artifact))
            for (const [i, format] of (["markdown", "svg"] as const).entries())
              writeWhole(paths[i]!, yield* Effect.promise(() => renderArtifact(type, table, format, name)))
            written++
          }
          now[name] = key
        }
      }
      if (Object.keys(now).length === 0) continue
      folders.push(relative(process.cwd(), directory))
      // What the study no longer makes is not left lying about.
      const named = new Set(
        study.graph.nodes.flatMap((node) => Object.keys(node.outputs).map((output) => (output === "output" ? node.name : `${node.name}.${output}`)))
      )
      const merged = { ...before, ...now }
      for (const name of Object.keys(merged))
        if (!named.has(name)) {
          for (const format of ["md", "svg"]) rmSync(join(directory, `${name}.${format}`), { force: true })
          delete merged[name]
        }
      if (JSON.stringify(merged) !== JSON.stringify(before)) writeWhole(record, JSON.stringify(merged))
    }
    return { folders, written }
  })
