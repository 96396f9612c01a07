import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, describe, expect, it } from "vitest"
import { StudyFolder, smallStudy } from "./study-folder.ts"

let study: StudyFolder
const alone: Array<string> = []
afterEach(() => {
  study.remove()
  for (const folder of alone.splice(0)) rmSync(folder, { recursive: true, force: true })
})
const small = (changed: Readonly<Record<string, string>> = {}) => {
  study = new StudyFolder({ ...smallStudy, ...changed })
  return study
}

/** Moves a capsule to a folder of its own, far from the study and from Sediment, and runs it there with an empty environment. */
const runAlone = (folder: string) => {
  const place = mkdtempSync(join(tmpdir(), "capsule "))
  alone.push(place)
  cpSync(join(study.path, folder), place, { recursive: true })
  study.remove()
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(place, "run.mjs")], { cwd: tmpdir(), env: {}, encoding: "utf8" })
  return {
    place,
    code: status,
    out: stdout,
    err: stderr,
    sha256: (file: string) =>
      createHash("sha256")
        .update(readFileSync(join(place, file)))
        .digest("hex")
  }
}

describe("a capsule", () => {
  it("of a failing node reproduces its faults in an empty folder, and the run's last line names the command", () => {
    small({ "data/outcomes.csv": "y,z\n5,50\nsix,60\n" })
    const { err } = study.sediment("run")
    expect(err).toMatch(/alone, under a debugger: sediment debug outcomes\n$/)
    expect(study.sediment("debug", "outcomes")).toMatchObject({ code: 0, out: expect.stringContaining(`  ${process.execPath} debug/small/outcomes/run.mjs `) })
    const readme = study.read("debug/small/outcomes/README.md")
    for (const part of ["stage: `parse`, declared in stages/parse.ts", "not-a-number: data/outcomes.csv, row 3: not a number", "inputs/file.csv"])
      expect(readme).toContain(part)
    const ran = runAlone("debug/small/outcomes")
    expect(ran.code).toBe(1)
    expect(ran.err).toContain("data/outcomes.csv, row 3: not a number")
    expect(ran.err).toContain('{"file":"data/outcomes.csv","row":3}')
    expect(existsSync(join(ran.place, "output.arrow"))).toBe(false)
  })

  it("of a node whose code is at fault names the user's file and line, as the run does", () => {
    const broken =
      "// adds\nexport const add = (a: number, b: number): number => {\n  interface Of { c: number }\n  const wrong = undefined as unknown as Of\n  return a + b + wrong.c\n}\n"
    small({ "lib/add.ts": broken })
    const fault = study.run().nodes.find(({ node }) => node === "gov-mean")?.errors?.[0]?.message
    expect(fault).toMatch(/TypeError: .*'c'.* \(lib\/add\.ts:5:24\)$/)
    study.sediment("debug", "gov-mean", "-o", "capsule")
    const map = JSON.parse(study.read("capsule/stages.mjs.map"))
    expect(map.sourcesContent[map.sources.indexOf("lib/add.ts")]).toBe(broken)
    expect(runAlone("capsule")).toMatchObject({ code: 1, err: expect.stringContaining(fault!) })
  })

  it("of a good node makes the same bytes, and its parameters may be edited", () => {
    small()
    const artifact = study.run().nodes.find(({ node }) => node === "gov-mean")!.artifacts["output"]
    expect(study.json("debug", "gov-mean")).toMatchObject({ version: 1, node: "gov-mean", stage: "means", state: "fresh", folder: "debug/small/gov-mean" })
    const ran = runAlone("debug/small/gov-mean")
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining("the same bytes as the study's artifact") })
    expect(ran.sha256("output.arrow")).toBe(artifact)
    const record = join(ran.place, "capsule.json")
    writeFileSync(record, readFileSync(record, "utf8").replace('"gov"', '"fdi"'))
    const again = spawnSync(process.execPath, [join(ran.place, "run.mjs")], { encoding: "utf8" })
    expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining(`and the study's artifact is ${artifact}`) })
  })

  it("of a stale node runs what would run, with files, lists, several outputs, a seed and a package", () => {
    small({
      "package.json": '{ "name": "a-study" }',
      "node_modules/doubling/package.json": '{ "name": "doubling", "version": "1.0.0", "main": "index.js" }',
      "node_modules/doubling/index.js": 'const { factor } = require("./factor.js")\nexports.double = (x) => factor * x\n',
      "node_modules/doubling/factor.js": "exports.factor = 2\n",
      "stages/mixed.ts": `import { File, many, Stage } from "@sediment/sediment"
import { double } from "doubling"
import { Effect, Schema } from "effect"
import { Draws, Means, Numbers } from "./table-types.ts"
export const mixed = Stage.make("mixed", {
  inputs: { means: many(Means), file: File, one: Numbers },
  params: Schema.Struct({ stream: Schema.String }),
  output: { means: Means, draws: Draws },
  run: ({ means, file, one }) =>
    Effect.map(Stage.seed, (seed) => ({
      means: { column: ["sum"], mean: Float64Array.of(means.reduce((sum, table) => sum + table.column("mean").values[0]!, file.bytes.length)) },
      draws: { draw: Float64Array.of(double(seed), one.rows) }
    }))
})
`
    })
    study.edit("dag.ts", "import { drawn }", 'import { mixed } from "./stages/mixed.ts"\nimport { drawn }')
    study.edit(
      "dag.ts",
      "const draws",
      'const both = dag.node("both[a/b]", mixed, { means: [govMean, fdiMean], file: dag.source("data/outcomes.csv"), one: outcomes }, { stream: "s" })\n  const draws'
    )
    study.edit("dag.ts", "joined, draws", "joined, draws, both")
    study.run("gov-mean", "fdi-mean", "outcomes")
    expect(study.sediment("debug", "both[a/b]")).toMatchObject({ code: 0, err: "" })
    expect(readdirSync(join(study.path, "debug/small/both[a~2fb]/inputs")).sort()).toEqual(["file.csv", "means[0].arrow", "means[1].arrow", "one.arrow"])
    const { artifacts } = study.run().nodes.find(({ node }) => node === "both[a/b]")!
    const ran = runAlone("debug/small/both[a~2fb]")
    expect(ran).toMatchObject({ code: 0, err: "" })
    expect({ means: ran.sha256("means.arrow"), draws: ran.sha256("draws.arrow") }).toEqual(artifacts)
  })
})

describe("sediment debug", () => {
  it("says what to run first where an input is stale, damaged or missing", () => {
    small()
    expect(study.sediment("debug", "gov-mean")).toMatchObject({ code: 2, err: expect.stringContaining("sediment run controls") })
    study.run()
    rmSync(join(study.path, "data/outcomes.csv"))
    expect(study.sediment("debug", "outcomes")).toMatchObject({ code: 2, err: expect.stringContaining("data/outcomes.csv") })
    const object = join(study.path, study.sediment("path", "controls").out.trim())
    const bytes = readFileSync(object)
    bytes[bytes.length >> 1]! ^= 1
    writeFileSync(object, bytes)
    expect(study.sediment("debug", "gov-mean")).toMatchObject({ code: 1, err: expect.stringMatching(/is damaged.*sediment run controls/) })
    expect(existsSync(join(study.path, "debug"))).toBe(false)
  })

  it("writes to a folder that is not empty only with --force, and leaves other files there", () => {
    small({ "mine/note.txt": "keep" })
    expect(study.sediment("debug", "draws", "-o", "mine")).toMatchObject({ code: 2, err: expect.stringContaining("--force") })
    expect(study.sediment("debug", "draws", "-o", "dag.ts")).toMatchObject({ code: 2, err: expect.stringContaining("is a file") })
    study.write("mine/inputs/left.arrow", "of no capsule")
    expect(study.sediment("debug", "controls", "-o", "mine", "--force").code).toBe(0)
    expect(study.read("mine/inputs/left.arrow")).toBe("of no capsule")
    // Now it is a capsule's.
    expect(study.sediment("debug", "outcomes", "-o", "mine", "--force").code).toBe(0)
    expect(study.read("mine/note.txt")).toBe("keep")
    expect(readdirSync(join(study.path, "mine/inputs"))).toEqual(["file.csv"])
  })
})
