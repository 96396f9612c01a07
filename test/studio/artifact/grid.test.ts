import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { cellText, copiedText } from "../../../src/studio/page/artifact/grid/cell-text.ts"
import { columnsInView, layOut, shownOrder } from "../../../src/studio/page/artifact/grid/columns.ts"
import { moved, rectangleOf } from "../../../src/studio/page/artifact/grid/moves.ts"
import { ScaledScroll } from "../../../src/studio/page/artifact/grid/scaled-scroll.ts"

const ROW = 28

describe("scrolling what is taller than an element can be", () => {
  for (const rows of [10, 1_000, 1_000_000, 100_000_000]) {
    const view = 700
    const make = () => new ScaledScroll(rows * ROW, view)
    it(`${rows} rows: the ends of the bar are the ends of the list`, () => {
      const scroll = make()
      expect(scroll.height).toBeLessThanOrEqual(15_000_000)
      scroll.scrolled(scroll.height - view)
      expect(scroll.top).toBeCloseTo(Math.max(0, rows * ROW - view), 3)
      scroll.scrolled(0)
      expect(scroll.top).toBe(0)
    })
    it(`${rows} rows: each step of the wheel moves the list by as much, wherever one is`, () => {
      const most = Math.max(0, rows * ROW - view)
      fc.assert(
        fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.array(fc.integer({ min: -400, max: 400 }), { maxLength: 60 }), (share, steps) => {
          const scroll = make()
          let native = scroll.to(share * most)
          for (const step of steps) {
            const due = Math.min(Math.max(scroll.top + step, 0), most)
            native = Math.min(Math.max(native + step, 0), scroll.height - view)
            scroll.scrolled(native)
            expect(Math.abs(scroll.top - due)).toBeLessThan(1.5)
            native = scroll.settled() ?? native
          }
        })
      )
    })
    it(`${rows} rows: by the wheel alone, without a rest, one comes to the last row and back to the first`, () => {
      const scroll = make()
      const most = Math.max(0, rows * ROW - view)
      let native = scroll.to(most - 20_000)
      for (let i = 0; i < 210; i++) scroll.scrolled((native = Math.min(native + 100, scroll.height - view)))
      expect(scroll.top).toBeCloseTo(most, 0)
      native = scroll.to(Math.min(most, 20_000))
      for (let i = 0; i < 210; i++) scroll.scrolled((native = Math.max(native - 100, 0)))
      expect(scroll.top).toBe(0)
    })
    it(`${rows} rows: what the bar is dragged to stays there when one lets go of it`, () => {
      fc.assert(
        fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
          const scroll = make()
          const native = share * (scroll.height - view)
          scroll.scrolled(native)
          const { top } = scroll
          if (Math.abs(native) > 3 * view) expect(scroll.settled()).toBeUndefined()
          expect(scroll.top).toBe(top)
          expect(new ScaledScroll(rows * ROW, view).to(top)).toBeCloseTo(scroll.native, 3)
        })
      )
    })
  }
})

describe("columns in view", () => {
  const column = (i: number) => ({
    name: `column_${i}`,
    kind: "number" as const,
    unit: "",
    description: "",
    missing: 0,
    filled: false,
    source: false,
    width: 4 + (i % 9)
  })
  it("are those that overlap what is in view, of a thousand", () => {
    const layout = layOut(
      shownOrder(
        Array.from({ length: 1000 }, (_, i) => column(i)),
        ["column_3"]
      ),
      1,
      400,
      589
    )
    expect(layout.columns[0]!.name).toBe("column_3")
    expect(layout.sticky).toBe(1)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: layout.width }), fc.integer({ min: 1, max: 2000 }), (left, view) => {
        const [from, to] = columnsInView(layout, left, view)
        const naive = layout.columns.map((_, i) => i).filter((i) => i >= 1 && layout.lefts[i]! + layout.widths[i]! > left && layout.lefts[i]! < left + view)
        expect(Array.from({ length: to - from }, (_, i) => from + i)).toEqual(naive)
      })
    )
  })
  it("keys that leave no room for others do not stay", () => {
    expect(layOut([column(1), column(2)], 2, 150, 589).sticky).toBe(1)
  })
  it("on a phone, keys and rows' numbers leave more than half of the width to values", () => {
    const { numbers, stickyWidth } = layOut([{ ...column(1), width: 40 }, column(2)], 1, 175, 589)
    expect(stickyWidth).toBeGreaterThan(0)
    expect(numbers + stickyWidth).toBeLessThan(374 / 2)
    expect(layOut([column(1)], 1, 175, 1_000_000).numbers).toBeGreaterThan(76)
  })
})

describe("keys in the grid", () => {
  const extent = { rows: 1_000_000, columns: 5, page: 20 }
  const go = (row: number, column: number, key: string, far = false) => moved({ row, column }, { key, far }, extent)
  it("lead where they do elsewhere", () => {
    expect(go(0, 0, "ArrowDown")).toEqual({ row: 1, column: 0 })
    expect(go(0, 0, "ArrowUp")).toEqual({ row: -1, column: 0 })
    expect(go(-1, 0, "ArrowUp")).toEqual({ row: -1, column: 0 })
    expect(go(5, 4, "ArrowRight")).toEqual({ row: 5, column: 4 })
    expect(go(5, 1, "PageDown")).toEqual({ row: 25, column: 1 })
    expect(go(5, 1, "PageUp")).toEqual({ row: 0, column: 1 })
    expect(go(5, 1, "End", true)).toEqual({ row: 999_999, column: 4 })
    expect(go(5, 1, "Home", true)).toEqual({ row: 0, column: 0 })
    expect(go(5, 1, "End")).toEqual({ row: 5, column: 4 })
    expect(go(5, 1, "x")).toBeUndefined()
  })
  it("never lead out of the grid, and a selection holds both its ends", () => {
    const place = fc.record({ row: fc.integer({ min: -1, max: 9 }), column: fc.integer({ min: 0, max: 3 }) })
    const key = fc.constantFrom("ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End")
    fc.assert(
      fc.property(place, key, fc.boolean(), (from, pressed, far) => {
        const to = moved(from, { key: pressed, far }, { rows: 10, columns: 4, page: 3 })!
        expect(to.row >= -1 && to.row < 10 && to.column >= 0 && to.column < 4).toBe(true)
        const { bottom, left, right, top } = rectangleOf(from, to)
        for (const { column: c, row: r } of [from, to]) expect(Math.max(0, r) >= top && r <= bottom && c >= left && c <= right).toBe(true)
      })
    )
  })
})

describe("a cell's text", () => {
  it("has its column's decimals, and never shows what is not zero as zero", () => {
    const texts = [1234.5, 0.25, 0.0001, 0, -0.004].map((x) => cellText(x, { kind: "number", decimals: 2 }).text)
    expect(texts).toEqual(["1234.50", "0.25", "1.00e-4", "0.00", "-4.00e-3"])
    expect(cellText(1.5, { kind: "number", decimals: 0 }).text).toBe("1.5")
    expect(cellText(6.02e23, { kind: "number" }).text).toBe("6.0200e+23")
  })
  it("tells missing, empty, NaN and a text that says so apart", () => {
    const shown = [cellText(null, { kind: "text" }), cellText("", { kind: "text" }), cellText("NaN", { kind: "number" }), cellText("NaN", { kind: "text" })]
    expect(shown.map((one) => one.shown)).toEqual(["missing", "empty", "odd", "text"])
    expect(new Set(shown.slice(0, 3).map(({ text }) => text)).size).toBe(3)
  })
  it("is copied whole, with quotes where it would be cut into cells", () => {
    expect([1 / 3, null, true, "a\tb", 'say "x"'].map((value) => copiedText(value))).toEqual(["0.3333333333333333", "", "true", '"a\tb"', '"say ""x"""'])
  })
})
