import { createHash } from "node:crypto"
import { describe, expect, it } from "vitest"
import { figureSvg } from "../../src/render/figure/figure-svg.ts"
import { columnWidth, pngOf } from "../../src/render/png.ts"
import { renderFile } from "../../src/render/render.ts"
import { darkened } from "../../src/render/svg.ts"
import { printedSvg } from "../../src/render/table/printed-svg.ts"
import { awkward, moran, trend } from "./tables.ts"

const size = (bytes: Uint8Array) => [16, 20].map((at) => Buffer.from(bytes).readUInt32BE(at))

describe("a picture as PNG", () => {
  it("is as wide as a journal's page or column at 300 dots an inch, and the same each time", async () => {
    const page = await pngOf(figureSvg(trend))
    expect(size(page.bytes)).toEqual([page.width, page.height])
    expect(page.width).toBe(2008)
    expect((await pngOf(figureSvg(trend), columnWidth)).width).toBe(1004)
    const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")
    expect(hash((await pngOf(figureSvg(trend))).bytes)).toBe(hash(page.bytes))
  })
  it("has the colours of a dark page where it is asked for, pixels as many", async () => {
    const [light, dark] = [await pngOf(figureSvg(trend)), await pngOf(figureSvg(trend), undefined, "dark")]
    expect([dark.width, dark.height]).toEqual([light.width, light.height])
    expect(Buffer.from(dark.bytes).equals(Buffer.from(light.bytes))).toBe(false)
    // Both rules of the dark scheme stand alone, and none waits for a reader's.
    const svg = darkened(figureSvg(trend))
    expect(svg).not.toContain("@media")
    expect(svg).toMatch(/\.sd-page\{fill:#0d1117\}/)
    expect(svg).toMatch(/\.sd-halo\{stroke:#0d1117\}/)
  })
  it("is drawn for a column with letters of 7 points at the least", async () => {
    const part = { type: "Figure", table: moran, name: "moran", options: { breadth: "column" } } as const
    const { content } = await renderFile(part, ".png")
    expect(size(content as Uint8Array)[0]).toBe(1004)
    const svg = String((await renderFile(part, ".svg")).content)
    const pixels = Number(/width="(\d+)"/.exec(svg)![1])
    const sizes = [...svg.matchAll(/font-size="([\d.]+)/g)].map(([, one]) => Number(one))
    expect((Math.min(...sizes) / pixels) * (columnWidth / 25.4) * 72).toBeGreaterThanOrEqual(7)
  })
  it("has its text drawn without any font of the machine", async () => {
    const svg = (text: string) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="20"><text x="2" y="15" font-family="Helvetica, Arial">${text}</text></svg>`
    const blank = await pngOf(svg(""), 10)
    const written = await pngOf(svg("0.767*** βρσ"), 10)
    expect(written.bytes.length).toBeGreaterThan(blank.bytes.length * 2)
    expect(written.blankText).toBe(false)
  })
  it("tells where the machine has no font for Chinese text", async () => {
    const { blankText, bytes } = await pngOf(printedSvg(awkward), columnWidth)
    expect(typeof blankText).toBe("boolean")
    expect(bytes.length).toBeGreaterThan(1000)
  })
})
