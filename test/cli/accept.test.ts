import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder, smallStudy } from "./study-folder.ts"

const REFACTORED = `export const mean = (values: Float64Array): number => values.reduce((sum, one) => sum + one, 0) / values.length\n`

describe("sediment accept", () => {
  let folder: StudyFolder
  let before: Readonly<Record<string, string>>
  beforeAll(() => {
    folder = new StudyFolder(smallStudy)
    before = Object.fromEntries(folder.run().nodes.map(({ artifacts, node }) => [node, artifacts["output"]!]))
    folder.write("lib/mean.ts", REFACTORED)
  })
  afterAll(() => folder.remove())

  it("wants a reason, and a node that there is", () => {
    expect(folder.sediment("accept", "gov-mean")).toMatchObject({ code: 2, err: expect.stringContaining("--reason") })
    expect(folder.sediment("accept", "gov-maen", "--reason", "r")).toMatchObject({ code: 2, err: expect.stringContaining("gov-mean") })
    expect(folder.json("accept", "gov-maen", "stage:none", "--reason", "r").errors).toMatchObject([{ code: "unknown-node" }, { code: "unknown-stage" }])
    expect(folder.sediment("accept", "stage:none", "--reason", "r")).toMatchObject({ code: 2, err: expect.stringContaining('"none"') })
  })

  it("keeps what a node has over a change of its code, and nothing downstream runs", () => {
    expect(folder.json("status").nodes.filter(({ state }: { state: string }) => state === "stale")).toHaveLength(2)
    const accepted = folder.json("accept", "stage:means", "--reason", "reduce written out")
    expect(accepted.accepted.map(({ artifacts, node }: { artifacts: Record<string, string>; node: string }) => [node, artifacts["output"]])).toEqual([
      ["gov-mean", before["gov-mean"]],
      ["fdi-mean", before["fdi-mean"]]
    ])
    expect(folder.ran()).toEqual([])
  })

  it("is told wherever it is told where a node comes from", () => {
    for (const command of [["status"], ["explain", "gov-mean"], ["show", "gov-mean"]])
      expect(folder.sediment(...command).out).toMatch(/accepted on \d{4}-.* UTC from code [0-9a-f]{12}… \("reduce written out"\), by sediment accept/)
    const [acceptance] = folder.json("show", "gov-mean").accepted
    expect(acceptance).toMatchObject({
      reason: "reduce written out",
      command: ["sediment", "accept", "stage:means", "--reason", "reduce written out", "--json"]
    })
    expect(folder.json("explain", "gov-mean")).toMatchObject({ accepted: [acceptance], lastRan: { chain: [{ node: "gov-mean", why: [{ reason: "new" }] }] } })
  })

  it("leaves a node that is up to date alone", () => {
    expect(folder.sediment("accept", "gov-mean", "--reason", "again")).toMatchObject({ code: 2, err: expect.stringContaining("up to date already") })
  })

  it("ends with the next change of the code, and an acceptance of that one remembers the first", () => {
    folder.write("lib/mean.ts", REFACTORED.replace("(sum, one) => sum + one", "(sum, one) => one + sum"))
    expect(folder.json("status").nodes.filter(({ state }: { state: string }) => state === "stale")).toHaveLength(2)
    expect(folder.sediment("accept", "--study", "dag.ts", "gov-mean", "draws", "--reason", "turned round")).toMatchObject({
      code: 0,
      out: "gov-mean keeps its artifacts\nup to date already: draws\nThis rests on your word, which this proves: sediment verify --study dag.ts --rerun gov-mean\n"
    })
    expect(folder.json("show", "gov-mean").accepted.map(({ reason }: { reason: string }) => reason)).toEqual(["reduce written out", "turned round"])
    expect(folder.ran()).toEqual(["fdi-mean"])
    expect(folder.json("show", "fdi-mean").accepted).toEqual([])
  })

  it("refuses, naming the other reasons, where code is not the only one; nothing is accepted then", () => {
    folder.write("lib/mean.ts", smallStudy["lib/mean.ts"]!.replace("/ values", "/ 1 / values"))
    folder.edit("dag.ts", 'columns: ["gov"]', 'columns: ["gov", "fdi"]')
    folder.edit("data/outcomes.csv", "5,50", "6,50")
    const refused = folder.json("accept", "gov-mean", "fdi-mean", "joined", "--reason", "r")
    expect(refused.errors).toMatchObject([
      { code: "not-only-code", where: { node: "gov-mean" }, message: expect.stringContaining("parameter columns") },
      { code: "inputs-pending", where: { node: "joined" }, message: expect.stringContaining("gov-mean, outcomes") }
    ])
    expect(folder.json("status").nodes.find(({ node }: { node: string }) => node === "fdi-mean").state).toBe("stale")
  })
})
