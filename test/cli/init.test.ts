import { existsSync, mkdirSync, readdirSync } from "node:fs"
import { afterEach, expect, it } from "vitest"
import { StudyFolder } from "./study-folder.ts"

let folder: StudyFolder
afterEach(() => folder.remove())

const study = ["dag.ts", "data/panel.csv", "data/places.csv", "stages/growth.ts"]

it("begins a study that is called after its folder and is to be installed; in a folder whose name no study can have, first-study", () => {
  folder = new StudyFolder({})
  const begun = folder.json("init", "my-study")
  expect(begun).toMatchObject({ ok: true, written: expect.arrayContaining(["package.json", "tsconfig.json", ".gitignore", ".npmrc", ...study]), kept: [] })
  expect(begun.next).toEqual(["cd my-study", "npm install", "npx sediment run"])
  expect(JSON.parse(folder.read("my-study/package.json"))).toMatchObject({
    type: "module",
    dependencies: { "@sediment/sediment": expect.stringMatching(/^file:/) }
  })
  expect(folder.run("--study", "my-study/dag.ts")).toMatchObject({ ok: true })
  expect(existsSync(folder.at("results/my-study/table2.md"))).toBe(true)
  expect(folder.sediment("init", "eine Arbeit").out).toContain("\n  cd 'eine Arbeit'\n")
  expect(folder.read("eine Arbeit/dag.ts")).toContain('Dag.make("first-study"')
})

it("writes over nothing: a file of a study is a reason to write nothing at all, what stands around one stays as it is", () => {
  folder = new StudyFolder({ "package.json": "{}", ".gitignore": "mine\n", "a/data/panel.csv": "mine\n", "a/dag.ts": "mine\n", b: "a file\n" })
  const refused = folder.sediment("init", "a")
  expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(/there is a\/dag\.ts already.*\n.*there is a\/data\/panel\.csv already/) })
  expect(readdirSync(folder.at("a"), { recursive: true })).toHaveLength(3)
  expect(folder.sediment("init", "b")).toMatchObject({ code: 2, err: expect.stringContaining("b is not a folder") })
  mkdirSync(folder.at("node_modules/@sediment/sediment"), { recursive: true })
  folder.write("node_modules/@sediment/sediment/package.json", '{ "name": "@sediment/sediment" }')
  const begun = folder.sediment("init")
  expect(begun.out).toContain("left as they are: package.json, .gitignore\nnext:\n  npx sediment run\n")
  expect([folder.read("package.json"), folder.read(".gitignore")]).toEqual(["{}", "mine\n"])
  expect(existsSync(folder.at(".npmrc"))).toBe(false)
})
