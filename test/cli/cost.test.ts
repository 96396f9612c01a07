import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ranIn, StudyFolder, smallStudy } from "./study-folder.ts"

let study: StudyFolder
/** What each node took in the first run. */
let first: ReadonlyMap<string, number>
let second: ReadonlyMap<string, number>
beforeAll(() => {
  study = new StudyFolder(smallStudy)
})
afterAll(() => study.remove())

interface StatusNode {
  readonly node: string
  readonly state: string
  readonly ms?: number | null
  readonly mayBeCutOff?: boolean
}
const status = (): {
  readonly nodes: ReadonlyArray<StatusNode>
  readonly estimate: { readonly ms: number; readonly upTo: number; readonly untimed: unknown }
} => study.json("status")

describe("what status expects a run to cost", () => {
  it("is not known before anything like it has run", () => {
    expect(status().estimate).toEqual({ ms: 0, upTo: 0, untimed: { stale: 6, unknown: 0 } })
    expect(study.sediment("status").out).toContain("6 nodes will run, for how long is not known, since nothing like it has run")
  })

  it("is nothing where all is fresh", () => {
    first = new Map(study.run().nodes.map(({ ms, node }) => [node, ms]))
    const { estimate, nodes } = status()
    expect(estimate).toEqual({ ms: 0, upTo: 0, untimed: { stale: 0, unknown: 0 } })
    expect(nodes.every((node) => !("ms" in node))).toBe(true)
  })

  it("is what the nodes took the last time, and bounds what runs: those that may be cut off are those of unknown state, and one of them is", () => {
    // Two cells of gov change places: its mean is what it was.
    study.edit("data/controls.csv", "1,10\n2,20\n3,30", "2,10\n1,20\n3,31")
    const { estimate, nodes } = status()
    const expected = new Map(nodes.flatMap((node) => (node.ms === undefined ? [] : [[node.node, node.ms] as const])))
    for (const [node, ms] of expected) expect(ms).toBeCloseTo(first.get(node)!, 2)
    const of = (state: string) => nodes.filter((node) => node.state === state).map(({ node }) => node)
    const sum = (names: ReadonlyArray<string>) => names.reduce((total, name) => total + expected.get(name)!, 0)
    expect(of("stale")).toEqual(["controls"])
    expect(nodes.filter(({ mayBeCutOff }) => mayBeCutOff).map(({ node }) => node)).toEqual(of("unknown"))
    expect(estimate.ms).toBeCloseTo(sum(of("stale")), 6)
    expect(estimate.upTo).toBeCloseTo(sum([...of("stale"), ...of("unknown")]), 6)
    expect(study.sediment("status").out).toMatch(
      / {2}1 node will run, about \d+ ms of work; up to 4 more may follow, about \d+ ms of work: any of them is cut off/
    )

    const done = study.run()
    const ran = ranIn(done)
    second = new Map(done.nodes.map(({ ms, node }) => [node, ms]))
    expect(ran).toEqual(["controls", "fdi-mean", "gov-mean"])
    const cut = of("unknown").filter((node) => !ran.includes(node))
    expect(cut).toEqual(["joined", "draws"])
    expect(sum(ran)).toBeGreaterThanOrEqual(estimate.ms)
    expect(sum(ran)).toBeLessThan(estimate.upTo)
  })

  it("of a new node is the median of its stage", () => {
    const before = study.read("dag.ts")
    study.edit("dag.ts", "const draws", 'const more = dag.node("more", means, { table: outcomes }, { columns: ["z"] })\n  const draws')
    study.edit("dag.ts", "return { ", "return { more, ")
    const { estimate, nodes } = status()
    const more = nodes.find(({ node }) => node === "more")
    expect(more?.ms).toBeCloseTo((second.get("gov-mean")! + second.get("fdi-mean")!) / 2, 2)
    expect(estimate.ms).toBe(more?.ms)
    study.write("dag.ts", before)
  })
})
