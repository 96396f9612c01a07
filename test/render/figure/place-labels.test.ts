import { describe, expect, it } from "vitest"
import { placeLabels } from "../../../src/render/figure/place-labels.ts"

const frame = { width: 200, height: 100 }

describe("labels of points", () => {
  it("stand above where there is room", () => expect(placeLabels([{ x: 100, y: 50, width: 40 }], 12, frame)).toEqual([{ dx: 0, dy: -9, anchor: "middle" }]))

  it("go to another side where another label, or the frame, is in the way", () => {
    const [, second] = placeLabels(
      [
        { x: 100, y: 50, width: 40 },
        { x: 110, y: 50, width: 40 }
      ],
      12,
      frame
    )
    expect(second).toEqual({ dx: 0, dy: 10, anchor: "middle" })
    expect(placeLabels([{ x: 100, y: 4, width: 40 }], 12, frame)[0]?.dy).not.toBe(-9)
    expect(placeLabels([{ x: 195, y: 4, width: 40 }], 8, frame)[0]).toEqual({ dx: -6, dy: 0, anchor: "end" })
  })

  it("leave other points uncovered where some place allows it", () => {
    const [place] = placeLabels([{ x: 100, y: 50, width: 40 }], 12, frame, [
      { x: 100, y: 50 },
      { x: 110, y: 42 }
    ])
    expect(place).toEqual({ dx: -6, dy: 0, anchor: "end" })
  })
})
