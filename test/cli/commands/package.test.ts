import { readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { brokenRules, type Crate } from "../../replication/crate-rules.ts"
import { CommandStudy, noCommands } from "./command-study.ts"

const PACKAGE = "results/commands-replication"

describe.skipIf(noCommands)(`the replication package of a study with a command${noCommands ? ` (${noCommands})` : ""}`, () => {
  let study: CommandStudy
  beforeAll(() => {
    study = new CommandStudy({ "package.json": '{ "type": "module" }' })
    study.edit("stages.ts", "  output: Scaled\n})\nexport const total", "  optional: true,\n  output: Scaled\n})\nexport const total")
    study.run()
  })
  afterAll(() => study.remove())
  const check = () => study.sediment("package", "--check", PACKAGE)
  const run = () => study.sediment("run", "--study", `${PACKAGE}/dag.ts`, "--cache", `${PACKAGE}/cache`)

  it("has its script as code, its program among what is needed, and nothing of its log among what is expected", () => {
    const { code, err, out } = study.sediment("package")
    expect(code).toBe(0)
    expect(out).toContain("replication package of commands: 0 tables, 0 figures, 3 steps, 1 data file")
    expect(err).not.toContain("scale.cjs")
    const readme = study.read(`${PACKAGE}/README.md`)
    expect(readme).toContain(
      "- `lang`, which `scaled` is run by. The results were made with: lang 1.0. Where it is not there, this step and what rests on it are skipped"
    )
    expect(readme).toContain("- `scale.cjs` is run by `scaled`, as a command of its own.")
    expect(readme).toContain("no other statistical package")
    expect(study.read(`${PACKAGE}/scale.cjs`)).toBe(study.read("scale.cjs"))
    expect(study.read(`${PACKAGE}/LICENSE.txt`)).not.toContain("scale.cjs")
    const crate = JSON.parse(study.read(`${PACKAGE}/ro-crate-metadata.json`)) as Crate
    const names = (readdirSync(study.at(PACKAGE), { recursive: true }) as ReadonlyArray<string>).filter((name) =>
      statSync(study.at(`${PACKAGE}/${name}`)).isFile()
    )
    const described = new Map(names.filter((name) => name !== "ro-crate-metadata.json").map((name) => [name, readFileSync(study.at(`${PACKAGE}/${name}`))]))
    // A study that prints nothing has no result to tell of.
    expect(brokenRules(crate, described)).toEqual(["result of an action is data: #run"])
    const entity = (id: string) => crate["@graph"].find((one) => one["@id"] === id)
    expect(entity("scale.cjs")).toMatchObject({ "@type": ["File", "SoftwareSourceCode"], description: "What scaled runs, as a command." })
    expect(entity("#stage-scale")?.["softwareRequirements"]).toEqual([{ "@id": "stages.ts" }, { "@id": "#program-lang/lang%201.0" }])
    const expected = JSON.parse(study.read(`${PACKAGE}/expected.json`)) as {
      readonly artifacts: ReadonlyArray<{ readonly node: string; readonly output: string }>
    }
    expect(expected.artifacts.map(({ node, output }) => `${node}.${output}`)).toEqual(["numbers.output", "scaled.output", "total.output"])
  })

  it("is reproduced, also where the program is not there, which is told", () => {
    expect(run()).toMatchObject({ code: 0 })
    expect(check()).toMatchObject({ code: 0, out: expect.stringContaining("all 3 results the same to the bit") })
    rmSync(study.at("bin/lang"))
    rmSync(study.at(`${PACKAGE}/cache`), { recursive: true })
    expect(run()).toMatchObject({ code: 0, err: expect.stringContaining("2 skipped") })
    expect(check()).toMatchObject({
      code: 0,
      out: expect.stringMatching(/not made and not compared, since there is here no program lang: scaled, total\n.*and all 1 result the same to the bit/)
    })
  })

  it("is made without what is skipped, which is told", () => {
    rmSync(study.at("cache"), { recursive: true })
    study.run()
    const { code, err, out } = study.sediment("package", "--force")
    expect(code).toBe(0)
    expect(out).toContain("1 step, 1 data file")
    expect(err).toContain("left out, since there is no program lang here: scaled, total")
  })
})
