import { describe, expect, it } from "vitest"
import { layoutOf, shapes } from "../../../bench/engine/shape.ts"

const inputsOf = (shape: (typeof shapes)[number], size: number) => {
  const layout = layoutOf(shape, size)
  return { layout, inputs: Array.from({ length: size }, (_, node) => layout.inputsOf(node)) }
}

describe("generated DAGs", () => {
  it("have nodes whose inputs come before them, and none without inputs but those of the first layer", () => {
    for (const shape of shapes)
      for (const size of [4, 100, 1000, 1001, 1002, 1003, 1004, 2003, 2004, 2500]) {
        const { inputs, layout } = inputsOf(shape, size)
        for (const [node, read] of inputs.entries()) {
          expect(read.length === 0, `${shape} ${size}: ${node}`).toBe(node < layout.first)
          expect(
            read.every((input) => input >= 0 && input < node),
            `${shape} ${size}: ${node} reads ${read}`
          ).toBe(true)
        }
      }
  })
  it("are a path, layers of two inputs a node, and one layer that comes together in the last node", () => {
    expect(inputsOf("chain", 4).inputs).toEqual([[], [0], [1], [2]])
    expect(inputsOf("layered", 8).inputs).toEqual([[], [], [], [0, 1], [1, 2], [2, 0], [3, 4], [4, 5]])
    expect(inputsOf("wide", 1002).inputs.at(-1)).toHaveLength(1001)
    expect(inputsOf("wide", 4).inputs).toEqual([[], [], [], [0, 1, 2]])
  })
  it("join a wide layer by nodes of about a thousand inputs, each node of it once", () => {
    const { inputs, layout } = inputsOf("wide", 2500)
    const joins = inputs.slice(layout.first)
    expect(joins.map(({ length }) => length)).toEqual([832, 832, 832, 3])
    expect(joins.slice(0, -1).flat()).toEqual(Array.from({ length: layout.first }, (_, node) => node))
    expect(joins.at(-1)).toEqual([2496, 2497, 2498])
  })
})
