import { cpSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder } from "./study-folder.ts"

const DAG = `import { Dag } from "@sediment/sediment"
import { bootstrap } from "@sediment/sediment/stages/bootstrap.ts"
import { entities } from "@sediment/sediment/stages/entities.ts"
import { ingest } from "@sediment/sediment/stages/ingest.ts"
import { mediation } from "@sediment/sediment/stages/models/mediation.ts"
import { within } from "@sediment/sediment/stages/models/within.ts"
import { replicates } from "@sediment/sediment/stages/replicates.ts"

export default Dag.make("maps", (dag) => {
  const states = dag.node("states", entities, { source: dag.source("data/states.csv") }, { entity: "name" })
  const panel = dag.node(
    "panel",
    ingest,
    { source: dag.source("data/produc.csv"), entities: states },
    { entity: "state", aliases: ["produc_name"], years: { from: 1970, to: 1986 }, variables: { pcap: { unit: "" }, pc: { unit: "" }, gsp: { unit: "" }, emp: { unit: "" }, unemp: { unit: "" } } }
  )
  const channel = { outcome: "gsp", treatment: "pcap", mediator: "pc", controls: ["emp"] }
  const model = dag.node("mediation", mediation, { panel }, channel)
  const drawn = dag.map([0], (from, one) => one.node("drawn", replicates, { panel }, { ...channel, from, count: 200 }))
  const intervals = dag.node("intervals", bootstrap, { replicates: drawn, effects: model.effects })
  const specifications = dag.map([["pcap"], ["pcap", "pc"]], (regressors, one) => one.node("model", within, { panel }, { dependent: "gsp", regressors }))
  return { intervals, specifications }
})
`
let study: StudyFolder
let first: ReadonlyArray<string>
beforeAll(() => {
  study = new StudyFolder({ "dag.ts": DAG })
  const data = fileURLToPath(new URL("../../examples/us-states/data", import.meta.url))
  for (const file of ["states.csv", "produc.csv"]) cpSync(join(data, file), join(study.path, "data", file))
  first = study.ran()
}, 60_000)
afterAll(() => study.remove())

const indirect = (node: string): ReadonlyArray<number> => study.json("show", node).data["indirect pcap"]
const blocks = (froms: string, name = "drawn") => study.write("dag.ts", DAG.replace("dag.map([0]", `dag.map([${froms}]`).replace('"drawn"', `"${name}"`))

describe("a map", () => {
  it("over blocks of replicates that grows from 200 to 1,000 runs the new blocks and their reader alone, and extends the same sequence", () => {
    expect(first).toContain("drawn[0]")
    const before = indirect("drawn[0]")
    const artifact = study.json("show", "drawn[0]").artifact
    blocks("0, 200, 400, 600, 800")
    expect(study.ran()).toEqual(["drawn[200]", "drawn[400]", "drawn[600]", "drawn[800]", "intervals"])
    expect(study.json("show", "drawn[0]").artifact).toBe(artifact)
    // One block of 1,000 draws what five of 200 draw, and the 200 before them first.
    const grown = [0, 200, 400, 600, 800].flatMap((from) => indirect(`drawn[${from}]`))
    study.edit("dag.ts", "[0, 200, 400, 600, 800]", "[0]")
    study.edit("dag.ts", "count: 200", "count: 1000")
    expect(study.ran()).toEqual(["drawn[0]", "intervals"])
    const whole = indirect("drawn[0]")
    expect(whole).toEqual(grown)
    expect(whole.slice(0, 200)).toEqual(before)
    expect(new Set(whole).size).toBe(1000)
  })

  it("whose items are in another order makes no item's node stale: only what reads the list in order runs", () => {
    blocks("0, 200")
    expect(study.ran()).toEqual(["intervals"])
    blocks("200, 0")
    expect(study.ran()).toEqual(["intervals"])
  })

  it("over specifications that gets one more in front runs that one", () => {
    study.write("dag.ts", DAG)
    study.run()
    const before = study.json("status", "model").nodes.map(({ node }: { node: string }) => node)
    study.edit("dag.ts", '[["pcap"], ', '[["emp"], ["pcap"], ')
    const ran = study.ran()
    expect(ran).toHaveLength(1)
    expect(ran[0]).toMatch(/^model\[[0-9a-f]{12}\]$/)
    expect(before).not.toContain(ran[0])
  })

  it("whose nodes are renamed runs nothing, and gives the same artifacts where all is computed anew: seeds are of study seed, stage and stream", () => {
    blocks("0")
    const { artifacts } = study.run("drawn").nodes.find(({ node }) => node === "drawn[0]")!
    blocks("0", "redrawn")
    expect(study.ran()).toEqual([])
    const anew = study.run("redrawn", "--cache", "cache-again").nodes.find(({ node }) => node === "redrawn[0]")!
    expect(anew.state).toBe("ran")
    expect(anew.artifacts).toEqual(artifacts)
    study.edit("dag.ts", /\}\)\n$/, "}, { seed: 2 })\n")
    expect(study.run("redrawn", "--cache", "cache-again").nodes.find(({ node }) => node === "redrawn[0]")!.artifacts).not.toEqual(artifacts)
  })

  it("over equal items is refused with both of them and the node that they would make", () => {
    blocks("0, 200, 0")
    const { code, err } = study.sediment("status")
    expect(code).toBe(2)
    expect(err).toContain(`a map's item 1 (0) and item 3 (0) have one key, "0" (of "drawn[0]")`)
  })
})
