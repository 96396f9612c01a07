import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { bundleStudy } from "../../../src/engine/code/bundle.ts"

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

describe("the studies of this repository", () => {
  for (const study of ["dag.ts", "examples/us-states/dag.ts"])
    it.effect(`${study}: nothing that its stages reach does something when it is loaded, since that would count for all of them`, () =>
      Effect.gen(function* () {
        const { stages } = yield* bundleStudy(at(study), () => {})
        const effects = [...stages.values()].flatMap(({ declarations, name }) =>
          declarations.filter((one) => one.name === "(module)").map(({ file }) => `${name}: ${file}`)
        )
        assert.deepStrictEqual(effects, [])
        assert.isAbove(stages.size, 10)
      })
    )
})
