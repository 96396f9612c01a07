import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"

const root = fileURLToPath(new URL("../../src/econometrics", import.meta.url))

const core = ["sample", "effects", "linear", "variance"]
const models = ["instruments", "random-effects", "bootstrap"]
/** Which folders each may import from, as docs/architecture.md has it; `fault.ts` stands beside them. */
const MAY: Readonly<Record<string, ReadonlyArray<string>>> = {
  sample: [],
  effects: core.slice(0, 1),
  linear: core.slice(0, 2),
  variance: core.slice(0, 3),
  regression: core,
  ...Object.fromEntries(models.map((folder) => [folder, [...core, "regression"]])),
  mediation: [...core, "regression", ...models],
  groups: [...core, "regression", ...models],
  spatial: [...core, "random-effects"],
  measurement: []
}

describe("src/econometrics", () => {
  it("its folders import one way", () => {
    const folders = readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    expect(folders.sort()).toEqual(Object.keys(MAY).sort())
    const against = folders.flatMap((folder) =>
      readdirSync(`${root}/${folder}`).flatMap((file) =>
        [...readFileSync(`${root}/${folder}/${file}`, "utf8").matchAll(/from "\.\.\/([^/."]+)\//g)]
          .filter(([, other]) => !MAY[folder]!.includes(other!))
          .map(([, other]) => `${folder}/${file} imports ${other}`)
      )
    )
    expect(against).toEqual([])
  })
})
