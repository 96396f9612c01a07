import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { bundleStudy } from "../../../src/engine/code/bundle.ts"
import { linkBundle } from "../../../src/engine/code/link.ts"
import { type Files, TemporaryFolder } from "../../temporary-folder.ts"
import { study } from "./code-study.ts"

const targets = { effect: import.meta.resolve("effect"), framework: new URL("../../../src/sediment.ts", import.meta.url).href }

/** Bundles, links and evaluates a study, and gives its module. */
const load = (files: Files) =>
  Effect.acquireUseRelease(
    Effect.sync(() => new TemporaryFolder(files)),
    (folder) =>
      Effect.gen(function* () {
        const text = linkBundle(yield* bundleStudy(folder.at("dag.ts"), () => {}), targets)
        folder.writeAll({ "cache/linked.mjs": text })
        const module = yield* Effect.promise(() => import(pathToFileURL(join(folder.path, "cache/linked.mjs")).href))
        return {
          text,
          module: module as {
            readonly default: { readonly name: string }
            readonly stages: Record<string, { readonly name: string; readonly run: () => Effect.Effect<{ x: number }> }>
          }
        }
      }),
    (folder) => Effect.sync(() => folder.remove())
  )

describe("a linked bundle", () => {
  it.effect("gives the study and its stages by name, and they run", () =>
    Effect.gen(function* () {
      const { module } = yield* load(study)
      expect(module.default.name).toBe("study")
      expect(Object.entries(module.stages).map(([name, stage]) => [name, stage.name])).toEqual(
        ["first", "second", "third", "fourth"].map((name) => [name, name])
      )
      expect(yield* module.stages["first"]!.run()).toEqual({ x: (1 + 3) * 2 + 1 })
    })
  )
  it.effect("shares this process's Effect", () =>
    Effect.gen(function* () {
      const { module } = yield* load({ ...study, "dag.ts": `${study["dag.ts"]}export { Effect as shared } from "effect"\n` })
      expect((module as unknown as { shared: unknown }).shared).toBe(Effect)
    })
  )
  it.effect("imports packages by URL wherever they are named, and leaves Node's modules to the study's own file", () =>
    Effect.gen(function* () {
      const { text } = yield* load({
        ...study,
        "dag.ts": `import { basename } from "node:path"\nexport * from "other"\nexport const later = () => import("other")\nexport const name = basename("a/b")\n${study["dag.ts"]}`
      })
      const specifiers = [...text.matchAll(/(?:from |import\()"([^"]+)"/g)].map(([, specifier]) => specifier!)
      expect(specifiers.filter((specifier) => !specifier.startsWith("file:"))).toEqual(["node:path"])
      expect(specifiers.filter((specifier) => specifier.endsWith("/node_modules/other/index.js"))).toHaveLength(2)
    })
  )
  it.effect("keeps apart two versions of a package that two of the study's packages import", () =>
    Effect.gen(function* () {
      const { text } = yield* load({
        ...study,
        "lib/node_modules/reader/package.json": '{ "name": "reader", "version": "2.0.0", "type": "module", "exports": "./index.js" }',
        "lib/node_modules/reader/index.js": "export const read = (n) => n",
        "lib/two.ts": `import { read } from "reader"\nimport { three } from "./three.ts"\nexport function two(n: number): number { return read(three(n) * 2) }`
      })
      expect([...text.matchAll(/\/(lib\/)?node_modules\/reader\/index\.js/g)].map(([, inner]) => inner ?? "")).toEqual(expect.arrayContaining(["", "lib/"]))
    })
  )
  it.effect("leaves the name `stages` to the study's own variables", () =>
    Effect.gen(function* () {
      const { module } = yield* load({ ...study, "dag.ts": `${study["dag.ts"]}const stages = [first]\nexport const count = () => stages.length\n` })
      expect(Object.keys(module.stages)).toHaveLength(4)
    })
  )
})
