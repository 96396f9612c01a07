import { existsSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import type { StudyBundle } from "../../../src/engine/code/study-bundle.ts"
import { TemporaryFolder } from "../../temporary-folder.ts"
import { bundleOf, edit } from "./bundled-study.ts"
import { study } from "./code-study.ts"

describe("a stage's code", () => {
  it.effect("lists the declarations that it reaches, by source name and file, and its packages", () =>
    Effect.gen(function* () {
      const { stages } = yield* bundleOf(study)
      const first = stages.get("first")!
      expect(first.declarations.map(({ name, file }) => `${file} ${name}`)).toEqual([
        "stages/first.ts first",
        "lib/one.ts one",
        "lib/two.ts two",
        "lib/three.ts three",
        "lib/three.ts x"
      ])
      expect(first.packages).toEqual([
        { name: "decoder", version: "1.1.0", integrity: "sha512-decoder" },
        { name: "reader", version: "1.0.0", integrity: "sha512-reader" }
      ])
      // Both files have a const x, one of which esbuild renames.
      expect(stages.get("second")!.declarations.map(({ name, file }) => `${file} ${name}`)).toEqual([
        "stages/second.ts second",
        "lib/shared.ts shared",
        "lib/settings.json settings_default",
        "lib/shared.ts x"
      ])
    })
  )
  it.effect("tells which declaration changed", () =>
    Effect.gen(function* () {
      const hashes = (bundle: StudyBundle) => new Map(bundle.stages.get("first")!.declarations.map(({ name, hash }) => [name, hash]))
      const before = hashes(yield* bundleOf(study))
      const after = hashes(yield* bundleOf({ ...study, ...edit("lib/three.ts", "n + x", "n - x") }))
      expect([...before.keys()].filter((name) => before.get(name) !== after.get(name))).toEqual(["three"])
    })
  )
  it.effect("tells every file that goes in, before it is read", () =>
    Effect.gen(function* () {
      const folder = new TemporaryFolder(study)
      const told = new Set<string>()
      yield* bundleOf(study, folder, (path) => {
        if (existsSync(path)) told.add(path.slice(folder.path.length + 1))
      })
      const expected = Object.keys(study).filter((path) => !path.startsWith("node_modules") || path === "node_modules/reader/package.json")
      expect([...told].filter((path) => path in study).sort()).toEqual(expected.sort())
    })
  )
  it.effect("tells the places where an import would find something else first", () =>
    Effect.gen(function* () {
      const folder = new TemporaryFolder({ ...study, ...edit("lib/one.ts", "./two.ts", "./two"), ...edit("lib/two.ts", "./three.ts", "./three.js") })
      const told = new Set<string>()
      yield* bundleOf(study, folder, (path) => told.add(path.slice(folder.path.length + 1)))
      expect([...told]).toEqual(
        expect.arrayContaining(["lib/two", "lib/two.tsx", "lib/three.js", "lib/three.ts", "stages/node_modules/reader/package.json", "lib/package.json"])
      )
    })
  )
  it.effect("may come from the framework's own stages, in a study outside the framework's folder", () =>
    Effect.gen(function* () {
      const { stages } = yield* bundleOf({
        ...study,
        "dag.ts": `import { Dag } from "@sediment/sediment"\nimport { interpolate } from "@sediment/sediment/stages/interpolate.ts"\nexport default Dag.make("x", () => ({ interpolate }))`
      })
      expect(stages.get("interpolate")!.declarations[0]!.file).toBe("@sediment/sediment/stages/interpolate.ts")
    })
  )
  it.effect("includes a linked package of the same repository as source", () =>
    Effect.gen(function* () {
      const { symlinkSync } = yield* Effect.promise(() => import("node:fs"))
      const linked = (n: number) =>
        Effect.gen(function* () {
          const folder = new TemporaryFolder({
            ...study,
            "packages/mine/package.json": '{ "name": "mine", "type": "module", "exports": "./index.ts" }',
            "packages/mine/index.ts": `export const read = () => ${n}`,
            ...edit("stages/first.ts", '"reader"', '"mine"')
          })
          symlinkSync("../packages/mine", `${folder.path}/node_modules/mine`)
          return yield* bundleOf(study, folder)
        })
      const one = yield* linked(1)
      const two = yield* linked(2)
      expect(one.stages.get("first")!.declarations.map(({ file }) => file)).toContain("packages/mine/index.ts")
      expect(one.stages.get("first")!.fingerprint).not.toBe(two.stages.get("first")!.fingerprint)
    })
  )
})
