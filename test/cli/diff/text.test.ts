import { describe, expect, it } from "vitest"
import { diffText } from "../../../src/cli/diff/text.ts"
import type { EstimateChange } from "../../../src/engine/diff/compare-estimates.ts"
import type { OutputDiff } from "../../../src/engine/diff/compare-outputs.ts"
import type { NodeDiff, StudyDiff } from "../../../src/engine/diff/diff-runs.ts"

const side = (run: string) => ({ run: { run, at: 0, command: ["sediment", "run"], studies: [] } })
const output = (more: Partial<OutputDiff>): OutputDiff => ({
  output: "output",
  before: "0a",
  after: "0b",
  columns: null,
  rows: null,
  cells: [],
  estimates: null,
  unread: [],
  ...more
})
const node = (name: string, more: Partial<NodeDiff> = {}): NodeDiff => ({
  node: name,
  stage: "within",
  files: 0,
  change: "changed",
  before: null,
  after: null,
  why: [],
  edits: [0],
  faults: [],
  blockedBy: [],
  outputs: [],
  ...more
})
const estimate = (term: string, before: number, after: number, stars: readonly [number, number] = [0, 0]): EstimateChange => ({
  of: { term },
  before: { estimate: before, std_error: 1, p_value: null, conf_low: null, conf_high: null, stars: stars[0] },
  after: { estimate: after, std_error: 1, p_value: null, conf_low: null, conf_high: null, stars: stars[1] },
  signFlipped: before * after < 0,
  starsGained: stars[1] - stars[0],
  moved: after - before
})
const column = (name: string, entity: string) =>
  output({
    columns: { added: [], removed: [], changed: [name], described: [] },
    rows: { before: 31, after: 31, key: ["entity"], added: [], removed: [], changed: 1 },
    cells: [{ column: name, cells: 1, largest: { row: { entity }, before: 1, after: 2 } }]
  })
const text = (nodes: ReadonlyArray<NodeDiff>, all = false, width?: number) =>
  diffText(
    { study: "states", before: side("r1"), after: side("r2"), nodes, edits: [{ edit: "file", file: "panel.csv", nodes: ["panel"] }] } satisfies StudyDiff,
    {
      all,
      width,
      tags: new Map([["r1", "submitted"]]),
      style: (_, plain) => plain
    }
  )

describe("a diff in words", () => {
  it("of few nodes is told whole: edits, estimates with what matters in front, other tables, printed tables by number of cells", () => {
    expect(
      text([
        node("panel", { outputs: [column("gov", "Hebei")] }),
        node("model", { outputs: [output({ output: "coefficients", estimates: [estimate("gov", 2, -2.5, [2, 0]), estimate("inv", 0.1234, 0.12341)] })] }),
        node("table4", { outputs: [output({ rows: { before: 9, after: 10, key: ["part", "row", "column"], added: [{ row: 9 }], removed: [], changed: 2 } })] }),
        node("model", {
          outputs: [
            output({ output: "variances", rows: { before: 9, after: 9, key: ["term", "variance", "small_sample"], added: [], removed: [], changed: 7 } })
          ]
        }),
        node("figure", { change: "same", edits: [] })
      ])
    ).toBe(`states
  from  r1  1970-01-01 00:00:00 UTC  (submitted)  sediment run
  to    r2  1970-01-01 00:00:00 UTC  sediment run
  4 nodes differ

Edits, and how many nodes differ by them
  the file panel.csv changed  4 nodes

Estimates: 2 differ: 1 changed sign, 1 lost stars
  sign flipped, lost **  model.coefficients  gov  2** (1)  ->  -2.500 (1)  by -4.500 SE
  and 1 in digits that are not shown: --all

Other tables
  panel  gov: 1 cell, at Hebei: 1 -> 2

Standard errors under every convention
  model.variances (7 rows)

Printed tables
  table4 (3 cells)

Nodes
  made of something else, came out the same: figure
`)
  })

  it("of a hundred nodes is a page: nodes of a map together, the first of the others, and how many more there are", () => {
    const many = [
      ...Array.from({ length: 40 }, (_, i) => node(`drawn[${i}]`, { outputs: [column("indirect", "0")] })),
      ...Array.from({ length: 30 }, (_, i) => node(`table${i}`, { outputs: [column(`x${i}`, "Hebei")] })),
      ...Array.from({ length: 30 }, (_, i) => node(`model${i}`, { outputs: [output({ estimates: [estimate("gov", 1, 2 + i)] })] }))
    ]
    const lines = text(many).split("\n")
    expect(lines.length).toBeLessThan(60)
    expect(lines).toContain("  drawn[…] (40)  in [0]: indirect: 1 cell, at 0: 1 -> 2")
    expect(lines.filter((line) => line.includes("and 10 more: --all") || line.includes("and 11 more: --all"))).toHaveLength(2)
    const whole = text(many, true)
    for (const { node: name } of many) expect(whole).toContain(`  ${name} `)
    expect(whole).not.toContain("more: --all")
  })

  it("is cut to the terminal, and not where there is none", () => {
    const wide = [node("panel", { outputs: [column("gov", "Xinjiang Uyghur Autonomous Region, with all that belongs to it and more".repeat(3))] })]
    expect(
      Math.max(
        ...text(wide, false, 80)
          .split("\n")
          .map((line) => line.length)
      )
    ).toBeLessThanOrEqual(80)
    expect(text(wide)).not.toContain("…\n")
  })

  it("keeps its numbers on a narrow terminal: labels are cut", () => {
    const name = "heterogeneity[east and centre without the municipalities]"
    const told = text(
      [
        node(name, {
          outputs: [output({ output: "coefficients", estimates: [estimate("coagglomeration, advanced manufacturing", 2.1234, -2.5678, [2, 0])] })]
        }),
        node("panel", { outputs: [column("a_variable_with_a_very_long_name", "Xinjiang Uyghur Autonomous Region and what is beside it")] })
      ],
      false,
      80
    ).split("\n")
    expect(told.find((line) => line.includes("->  -2"))).toMatch(
      /^ {2}\S.*… {2}hetero.*… {2}coagg.*… {2}2\.123\*\* \(1\) {2}-> {2}-2\.568 \(1\) {2}by -4\.691 SE$/
    )
    expect(told.find((line) => line.startsWith("  panel"))).toMatch(/…: 1 -> 2$/)
    for (const line of told.slice(4)) expect(line.length).toBeLessThanOrEqual(80)
  })

  it("says where nothing that is recorded explains a difference", () =>
    expect(text([node("model", { edits: [] })])).toContain("nothing that is recorded explains model: made of the same, and came out otherwise"))
})
