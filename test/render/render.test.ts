import { describe, expect, it } from "vitest"
import { toStoredTable } from "../../src/artifact/output.ts"
import { renderArtifact } from "../../src/render/render.ts"
import { Panel } from "../../stages/table-types.ts"
import { baseline, scatter } from "./tables.ts"

const panel = toStoredTable(Panel, { entity: ["Anhui"], year: Int32Array.of(2003), rest: new Map() }, ["synthetic replica"])

describe("rendering an artifact", () => {
  it.each([
    ["PrintedTable", baseline, "text", "━━━"],
    ["PrintedTable", baseline, "markdown", "| coagglo | 0.770"],
    ["PrintedTable", baseline, "svg", "<svg "],
    ["Figure", scatter, "text", "⠂"],
    ["Figure", scatter, "markdown", "(<figure3.svg>)"],
    ["Figure", scatter, "svg", "sd-figure"],
    ["Panel", panel, "text", "1 row, 2 columns"],
    ["Panel", panel, "markdown", "````text\n1 row"]
  ] as const)("goes by its table type: %s %#", async (type, table, format, expected) => {
    const rendered = await renderArtifact(type, table, format, "figure3")
    expect(rendered).toContain(expected)
    expect(rendered).toContain("synthetic replica")
  })

  it("draws only tables and figures", async () => {
    await expect(renderArtifact("Panel", panel, "svg", "panel")).rejects.toThrow("panel is a Panel: only PrintedTable and Figure are drawn as svg")
  })
})
