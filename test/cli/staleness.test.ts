import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ranIn, StudyFolder, smallStudy } from "./study-folder.ts"

let study: StudyFolder
beforeAll(() => {
  study = new StudyFolder(smallStudy)
  study.run()
})
afterAll(() => study.remove())

/** Makes an edit, tells what ran, takes the edit back, and asks that nothing runs then. */
const ranAfter = (file: string, before: string | RegExp, after: string): ReadonlyArray<string> => {
  const text = study.read(file)
  study.edit(file, before, after)
  const ran = study.ran()
  study.write(file, text)
  expect(study.ran()).toEqual([])
  return ran
}

describe("what runs after an edit, and nothing after it is taken back", () => {
  it("nothing when nothing changed", () => expect(study.ran()).toEqual([]))

  it.each([
    ["a cell: its parser and what reads the column", "data/controls.csv", "2,20", "2,21", ["controls", "fdi-mean"]],
    ["a cell of a column that nobody reads: its parser alone", "data/outcomes.csv", "6,60", "6,61", ["outcomes"]],
    ["a cell whose change does not show in a result: the wave stops there", "data/controls.csv", "1,10\n2,20", "2,10\n1,20", ["controls", "gov-mean"]],
    [
      "a row more: what reads the rows' count or any column of it",
      "data/controls.csv",
      "3,30\n",
      "3,30\n4,40\n",
      ["controls", "draws", "fdi-mean", "gov-mean", "joined"]
    ],
    ["the file written anew with the same bytes: nothing", "data/controls.csv", /$/, "", []]
  ])("%s", (_, file, before, after, ran) => {
    if (before instanceof RegExp) {
      study.write(file, study.read(file))
      expect(study.ran()).toEqual(ran)
    } else expect(ranAfter(file, before, after)).toEqual(ran)
  })

  it.each([
    ["a comment", "stages/means.ts", "export const means", "// the mean of each column\nexport const means", []],
    ["formatting", "stages/means.ts", "{ columns, digits }", "{\n\n  columns,\n    digits }", []],
    ["a renamed local", "lib/mean.ts", /values/g, "numbers", []],
    [
      "a renamed helper",
      "lib/add.ts",
      "export const add = (a: number, b: number): number => a + b",
      "const plus = (x: number, y: number) => x + y\nexport { plus as add }",
      []
    ],
    ["a type", "lib/mean.ts", "(values: Float64Array): number", "(values: Float64Array | Float64Array<ArrayBuffer>)", []],
    ["a helper three files away: the stages that reach it", "lib/add.ts", "a + b", "b + a + 0.125", ["fdi-mean", "gov-mean", "joined"]],
    ["a helper that computes the same otherwise: it runs, and what rests on it does not", "lib/add.ts", "a + b", "b + a", ["fdi-mean", "gov-mean"]],
    ["one of two stages of a file", "stages/means.ts", "+ right", "- right", ["joined"]],
    ["a description: what the type is of", "stages/table-types.ts", '"arithmetic mean"', '"the mean"', ["fdi-mean", "gov-mean", "joined"]],
    ["a parameter given its default", "dag.ts", '{ columns: ["gov"] }', '{ digits: 6, columns: ["gov"] }', []],
    ["a parameter", "dag.ts", '{ columns: ["gov"] }', '{ columns: ["gov"], digits: 0 }', ["gov-mean"]],
    ["a new node", "dag.ts", "const draws", 'const more = dag.node("more", means, { table: outcomes }, { columns: ["z"] })\n  const draws', []],
    ["a renamed node: its result is found again", "dag.ts", '"gov-mean"', '"mean-of-gov"', []],
    ["the seed: what draws", "dag.ts", /\}\)\n$/, "}, { seed: 2 })\n", ["draws"]],
    ["a source's note: all that carries it", "dag.ts", '"made up"', '"invented"', ["controls", "draws", "fdi-mean", "gov-mean", "joined"]]
  ])("%s", (_, file, before, after, ran) => expect(ranAfter(file, before, after)).toEqual(ran))

  it("a helper moved to another file: nothing", () => {
    const total = study.read("lib/total.ts")
    const mean = study.read("lib/mean.ts")
    study.write("lib/sums/total.ts", total.replace("./add.ts", "../add.ts"))
    study.edit("lib/mean.ts", "./total.ts", "./sums/total.ts")
    expect(study.ran()).toEqual([])
    study.write("lib/mean.ts", mean)
  })
})

describe("why it runs", () => {
  it("names the file, the columns and the node they come from", () => {
    study.edit("data/controls.csv", "2,20", "2,22")
    const { nodes } = study.run()
    const why = Object.fromEntries(nodes.filter((node) => node.state === "ran").map((node) => [node.node, node.why]))
    expect(why).toEqual({
      controls: [{ reason: "source", input: "file", file: "data/controls.csv" }],
      "fdi-mean": [{ reason: "input", input: "table", node: "controls", output: "output", columns: ["fdi"] }]
    })
    expect(study.sediment("explain", "fdi-mean").out).toContain(
      "fdi-mean: its input table changed: fdi of controls\n  controls: the file data/controls.csv changed"
    )
  })

  it("names what was put into a list and taken out of it by name", () => {
    const before = study.read("dag.ts")
    study.edit(
      "stages/means.ts",
      "columns: Schema.Array(Schema.String),",
      "columns: Schema.Array(Schema.String), sets: Schema.optionalKey(Schema.Array(Schema.Struct({ name: Schema.String, w: Schema.Finite }))),"
    )
    study.edit("dag.ts", '{ columns: ["gov"] }', '{ columns: ["gov"], sets: [{ name: "a", w: 1 }, { name: "b", w: 2 }] }')
    study.run()
    study.edit("dag.ts", '[{ name: "a", w: 1 }, { name: "b", w: 2 }]', '[{ name: "b", w: 3 }, { name: "c", w: 4 }]')
    const why = study.run().nodes.find((node) => node.node === "gov-mean")?.why
    expect(why).toEqual([
      {
        reason: "parameter",
        parameters: [
          { parameter: "sets[a]", before: '{"name":"a","w":1}', after: "(none)" },
          { parameter: "sets[b].w", before: "2", after: "3" },
          { parameter: "sets[c]", before: "(none)", after: '{"name":"c","w":4}' }
        ]
      }
    ])
    study.write("dag.ts", before)
    study.run()
    expect(study.sediment("explain", "fdi-mean").out).toContain("What it is now was made on")
  })

  it("names the parameter with its values, and the declaration that changed", () => {
    study.edit("dag.ts", '{ columns: ["gov"] }', '{ columns: ["gov"], digits: 3 }')
    study.edit("lib/add.ts", "a + b", "a + b + 1")
    const { nodes } = study.json("status")
    const of = (name: string) => nodes.find((node: { node: string }) => node.node === name)
    expect(of("gov-mean")).toMatchObject({
      state: "stale",
      why: [
        { reason: "code", stage: "means", declarations: [{ name: "add", file: "lib/add.ts" }] },
        { reason: "parameter", parameters: [{ parameter: "digits", before: "6", after: "3" }] }
      ]
    })
    expect(of("joined")).toMatchObject({ state: "unknown", why: [{ reason: "input", input: "left", node: "gov-mean", columns: [] }] })
    expect(of("draws")).toMatchObject({ state: "fresh", why: [] })
    expect(ranIn(study.run())).toEqual(["fdi-mean", "gov-mean", "joined"])
  })
})
