import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { findOutput } from "../../src/workspace/node-reference.ts"

const study = {
  graph: {
    study: "small",
    nodes: [
      { name: "filled", outputs: { output: "Panel", fills: "Fills" } },
      { name: "model", outputs: { coefficients: "Estimates", glance: "Glance" } }
    ]
  }
}
const outputOf = (reference: string) =>
  Effect.runSync(
    findOutput([study], reference).pipe(
      Effect.map(({ output }) => output),
      Effect.catch(({ errors }) => Effect.succeed(errors[0]))
    )
  )

describe("an output is named by", () => {
  it("its node alone where it is called output, though there are others", () => {
    expect(outputOf("filled")).toBe("output")
    expect(outputOf("filled.fills")).toBe("fills")
  })
  it("its own name where the node has several, none being called output", () => {
    expect(outputOf("model.glance")).toBe("glance")
    expect(outputOf("model")).toMatchObject({
      code: "ambiguous-output",
      message: "model has several outputs; write model.coefficients or model.glance"
    })
  })
})
