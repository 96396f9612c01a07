import { pathToFileURL } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { bundleStudy } from "../../../src/engine/code/bundle.ts"
import { linkBundle } from "../../../src/engine/code/link.ts"
import { stackPlace } from "../../../src/engine/code/stack-place.ts"
import { TemporaryFolder } from "../../temporary-folder.ts"
import { study } from "./code-study.ts"

/** An error whose stack is a function of the language's own, called where `text` stands in the module. */
const errorAt = (path: string, module: string, text: string): Error => {
  const lines = module.slice(0, module.indexOf(text)).split("\n")
  const error = new Error("wrong")
  error.stack = `Error: wrong\n    at JSON.parse (<anonymous>)\n    at three (${pathToFileURL(path).href}:${lines.length}:${lines.at(-1)!.length + 1})`
  return error
}

describe("the place of an error", () => {
  it.effect("is the user's file, line and column, where the module has a whole source map beside it", () =>
    Effect.acquireUseRelease(
      Effect.sync(
        () =>
          new TemporaryFolder({
            ...study,
            "lib/three.ts": "// three\ninterface N { n: number }\n\nexport const three = (n: number): number => JSON.parse(String(n))\n"
          })
      ),
      (folder) =>
        Effect.gen(function* () {
          const bundle = yield* bundleStudy(folder.at("dag.ts"), () => {})
          const text = linkBundle(bundle, { effect: "file:///effect.mjs", framework: "file:///framework.mjs" })
          folder.writeAll({ "a b/with.mjs.map": JSON.stringify(bundle.map) })
          expect(stackPlace(errorAt(`${folder.path}/a b/with.mjs`, text, "JSON.parse"))).toBe("lib/three.ts:4:45")
          for (const [name, damaged] of ["", "{", "{}", "null", '{ "version": 3, "sources": [], "mappings": 7 }'].entries()) {
            folder.writeAll({ [`damaged-${name}.mjs.map`]: damaged })
            expect(stackPlace(errorAt(`${folder.path}/damaged-${name}.mjs`, text, "JSON.parse"))).toBe("at JSON.parse (<anonymous>)")
          }
          expect(stackPlace(errorAt(`${folder.path}/a b/without.mjs`, text, "JSON.parse"))).toBe("at JSON.parse (<anonymous>)")
        }),
      (folder) => Effect.sync(() => folder.remove())
    )
  )
})
