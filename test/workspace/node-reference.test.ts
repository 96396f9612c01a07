import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { findAllNodes, findNode, findOutput } from "../../src/workspace/node-reference.ts"

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

describe("a node is named by", () => {
  const nodes = ["model", "model[east]", "model[west]", "drawn[0]", "drawn[1]"].map((name) => ({ name, outputs: { output: "Panel" } }))
  const studies = [{ graph: { study: "small", nodes } }]
  const named = (reference: string) =>
    Effect.runSync(
      findNode(studies, reference).pipe(
        Effect.map(({ node }) => node.name),
        Effect.catch(({ errors }) => Effect.succeed(errors[0]?.code))
      )
    )

  it("its own name, also where a map has the same; a map's name alone is no node", () => {
    expect(["model", "small:model", "model.output", "model[east]", "drawn[1]"].map(named)).toEqual(["model", "model", "model", "model[east]", "drawn[1]"])
    expect(named("drawn")).toBe("ambiguous-node")
    expect(Effect.runSync(findAllNodes(studies, ["drawn"])).map(({ node }) => node.name)).toEqual(["drawn[0]", "drawn[1]"])
  })
})

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
