/** How many of the cells behind one were filled in. */
import { describe, expect, it } from "vitest"
import type { StoredColumn, StoredTable } from "../../../src/artifact/column.ts"
import { filledName } from "../../../src/artifact/column.ts"
import type { GraphNode } from "../../../src/dag/dag.ts"
import type { MadeNode } from "../../../src/engine/lineage/made-node.ts"
import { filledBehind } from "../../../src/studio/server/time/filled-behind.ts"

const YEARS = [2001, 2002, 2003, 2004, 2005, 2006, 2007]
const column = (name: string, kind: StoredColumn["kind"], values: StoredColumn["values"]): StoredColumn =>
  ({ name, kind, unit: "", description: "", values }) as StoredColumn
const panel = (values: ReadonlyArray<number>, filled?: ReadonlyArray<number>): StoredTable =>
  ({
    rows: YEARS.length,
    columns: [
      column(
        "entity",
        "category",
        YEARS.map(() => "Hebei")
      ),
      column("year", "integer", Int32Array.from(YEARS)),
      column("y", "number", Float64Array.from(values)),
      ...(filled === undefined ? [] : [column(filledName("y"), "flag", Uint8Array.from(filled))])
    ]
  }) as unknown as StoredTable
const made = (name: string, table: StoredTable, fills: boolean, ...reads: ReadonlyArray<string>): MadeNode => ({
  node: { name, stage: "stage", params: "{}", inputs: {}, outputs: { output: "Panel", ...(fills ? { fills: "Fills" } : {}) } } satisfies GraphNode,
  reads: reads.map((node) => ({ node, output: "output", column: "y" })),
  fresh: true,
  table: (output) => (output === "output" ? table : undefined)
})

describe("cells that were filled behind a variable", () => {
  it("are found in each row, also where no other row is made of them", () => {
    const none = [0, 0, 0, 0, 0, 0, 0]
    // Only in 2003 was the cell that the panel has filled in.
    const nodes = new Map(
      [made("filled", panel([1, 2, 3, 4, 5, 6, 7], none.with(2, 1)), true), made("panel", panel([1, 2, 3, 4, 5, 6, 7]), false, "filled")].map((one) => [
        one.node.name,
        one
      ])
    )
    const found = filledBehind((name) => nodes.get(name), { node: "panel", output: "output", columns: ["y"], table: nodes.get("panel")!.table("output")! }, "y")
    expect(YEARS.map((year) => found.filled({ entity: "Hebei", year }))).toEqual(none.with(2, 1))
    expect(found.behind()).toBe(1)
  })

  it("of another input count where the likely one has no value: in one year of a yearbook alone", () => {
    const missing = Number.NaN
    const first = made("first", panel([1, 2, 3, missing, 5, 6, 7].map((x, i) => (i === 1 ? missing : x))), false)
    const second = made("second", panel([missing, 9, missing, missing, missing, missing, missing], [0, 1, 0, 0, 0, 0, 0]), true)
    const other: MadeNode = { ...made("panel", panel([1, 9, 3, missing, 5, 6, 7]), false, "first"), reads: [] }
    // The second has the variable under another name: nothing tells of it but that the panel read it.
    const renamed = { ...second, table: (output: string) => (output === "output" ? renamedTable(second.table("output")!) : undefined) }
    const nodes = new Map([first, renamed, { ...other, reads: [...readOf("first", "y"), ...readOf("second", "z")] }].map((one) => [one.node.name, one]))
    const found = filledBehind((name) => nodes.get(name), { node: "panel", output: "output", columns: ["y"], table: other.table("output")! }, "y")
    expect(YEARS.map((year) => found.filled({ entity: "Hebei", year }))).toEqual([0, 1, 0, 0, 0, 0, 0])
  })
})

const readOf = (node: string, name: string): MadeNode["reads"] => [{ node, output: "output", column: name }]
const renamedTable = (table: StoredTable): StoredTable => ({
  ...table,
  columns: table.columns.map((one) => ({ ...one, name: one.name === "y" ? "z" : one.name === filledName("y") ? filledName("z") : one.name }))
})
