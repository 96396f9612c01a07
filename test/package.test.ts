import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, describe, expect, it } from "vitest"

const root = fileURLToPath(new URL("..", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "sediment-package-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const call = (command: string, args: ReadonlyArray<string>, cwd: string) => {
  const done = spawnSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } })
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${done.stderr}`)
  return done.stdout
}

describe("the package that npm pack makes", () => {
  it("is all that a study outside this repository needs: the framework, the stages, the command line", () => {
    const [packed] = JSON.parse(call("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], root)) as ReadonlyArray<{ filename: string }>
    // As npm would install it: the package under node_modules, what it depends on beside it.
    const home = join(folder, "node_modules", "@sediment")
    mkdirSync(home, { recursive: true })
    call("tar", ["-xzf", join(folder, packed!.filename), "-C", home], folder)
    call("mv", ["package", "sediment"], home)
    const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly dependencies: Readonly<Record<string, string>> }
    for (const name of Object.keys(dependencies)) {
      mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true })
      symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name))
    }
    writeFileSync(
      join(folder, "dag.ts"),
      `import { Dag } from "@sediment/sediment"
import { entities } from "@sediment/sediment/stages/entities.ts"
import { ingest } from "@sediment/sediment/stages/ingest.ts"
export default Dag.make("outside", (dag) => {
  const places = dag.node("places", entities, { source: dag.source("places.csv") }, { entity: "name" })
  const data = dag.node("data", ingest, { source: dag.source("data.csv"), entities: places }, { entity: "place", variables: { y: {} } })
  return { data }
})
`
    )
    writeFileSync(join(folder, "places.csv"), "name,latitude,longitude\nA,1,2\nB,3,4\n")
    writeFileSync(join(folder, "data.csv"), "place,year,y\nA,2000,1\nB,2000,2\n")
    const cli = join(home, "sediment", "bin", "sediment.mjs")
    expect(JSON.parse(call(process.execPath, [cli, "run", "--json"], folder))).toMatchObject({ ok: true })
    expect(JSON.parse(call(process.execPath, [cli, "show", "data", "--json"], folder)).data.y).toEqual([1, 2])

    // A first study, begun by what was installed.
    expect(call(process.execPath, [cli, "init", "first"], folder)).toContain("next:\n  cd first\n  npx sediment run\n")
    expect(JSON.parse(call(process.execPath, [cli, "run", "--json"], join(folder, "first")))).toMatchObject({ ok: true })

    // The estimators by themselves, in plain JavaScript.
    writeFileSync(
      join(folder, "fit.mjs"),
      `import { factor, fixedEffects } from "@sediment/sediment/econometrics"
const column = (name, values) => ({ name, values: Float64Array.from(values) })
const fit = fixedEffects(
  { dependent: column("y", [1, 2, 4, 3, 5, 9]), regressors: [column("x", [1, 2, 3, 2, 3, 5])], effects: [factor("firm", ["a", "a", "a", "b", "b", "b"])] },
  { variance: "iid" }
)
console.log(JSON.stringify([...fit.coefficients]))
`
    )
    // By hand: sums of products of deviations from the firms' means.
    const [slope] = JSON.parse(call(process.execPath, ["fit.mjs"], folder)) as ReadonlyArray<number>
    expect(slope).toBeCloseTo((3 + 28 / 3) / (2 + 14 / 3), 12)
  })
})
