import { readdirSync, readFileSync } from "node:fs"
import { dirname, relative, resolve, sep } from "node:path"
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
  spatial: [...core, "regression", "instruments", "random-effects", "bootstrap", "mediation"],
  measurement: [],
  comparison: [...core, "regression", "bootstrap", "measurement"],
  imputation: []
}
/** The same inside of spatial/. */
const MAY_IN_SPACE: Readonly<Record<string, ReadonlyArray<string>>> = {
  weights: [],
  exploration: ["weights"],
  determinant: ["weights"],
  models: ["weights", "determinant"],
  gmm: ["weights", "determinant", "models"],
  random: ["weights", "determinant", "models"],
  effects: ["weights", "determinant", "models"],
  dynamic: ["weights", "determinant", "models", "effects"],
  paths: ["weights", "determinant", "models", "effects"],
  tests: ["weights", "determinant", "models", "random", "exploration"]
}

const filesOf = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesOf(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]))

/** Imports of a folder's parts from other parts that it may not import from. */
const against = (within: string, may: Readonly<Record<string, ReadonlyArray<string>>>): ReadonlyArray<string> => {
  const folders = readdirSync(within, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
  expect(folders.sort()).toEqual(Object.keys(may).sort())
  return folders.flatMap((folder) =>
    filesOf(`${within}/${folder}`).flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/from "(\.\.?\/[^"]+)"/g)].flatMap(([, specifier]) => {
        const [other, ...rest] = relative(within, resolve(dirname(file), specifier!)).split(sep)
        return rest.length === 0 || other === ".." || other === folder || may[folder]!.includes(other!) ? [] : [`${relative(within, file)} imports ${other}`]
      })
    )
  )
}

describe("src/econometrics", () => {
  it("its folders import one way, and those of spatial/", () => {
    expect(against(root, MAY)).toEqual([])
    expect(against(`${root}/spatial`, MAY_IN_SPACE)).toEqual([])
  })
})
