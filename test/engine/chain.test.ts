import { describe, expect, it } from "vitest"
import { editsBehind, follow, type Link, type LinkOf } from "../../src/engine/chain.ts"
import type { Reason } from "../../src/engine/reasons.ts"

const input = (node: string, ...columns: ReadonlyArray<string>): Reason => ({ reason: "input", input: "table", node, output: "output", columns })
const file = (name: string): Reason => ({ reason: "source", input: "file", file: name })
const among = (links: Readonly<Record<string, ReadonlyArray<Reason>>>): LinkOf => {
  const made = new Map(Object.entries(links).map(([node, why]): [string, Link] => [node, { node, state: "ran", why }]))
  return (node) => made.get(node)
}

describe("follow", () => {
  it("goes over inputs to the edit, nearest first, and names each node once", () => {
    const links = among({
      model: [input("left", "x"), input("right", "y")],
      left: [input("panel", "x")],
      right: [input("panel", "y")],
      panel: [file("panel.csv")],
      apart: [file("apart.csv")]
    })
    expect(follow("model", links).map(({ node }) => node)).toEqual(["model", "left", "right", "panel"])
  })
  it("of a node of which nothing is to be told is empty", () => expect(follow("model", () => undefined)).toEqual([]))
})

describe("editsBehind", () => {
  const code: Reason = { reason: "code", stage: "means", declarations: [{ name: "add", file: "lib/add.ts" }] }
  const parameter: Reason = { reason: "parameter", parameters: [{ parameter: "digits", before: "6", after: "3" }] }

  it("gives each node the edits that it rests on, and each edit the nodes that it touches itself", () => {
    const links = among({ a: [file("a.csv")], b: [file("b.csv"), code], both: [input("a", "x"), input("b", "y")], onB: [input("b", "y"), code, parameter] })
    const edits = editsBehind(["both", "onB", "a"], links)
    const named = (node: string) => edits.behind(node).map((i) => edits.all[i])
    expect(named("a")).toEqual([{ edit: "file", file: "a.csv", nodes: ["a"] }])
    expect(named("both")).toEqual(
      expect.arrayContaining([
        { edit: "file", file: "a.csv", nodes: ["a"] },
        { edit: "file", file: "b.csv", nodes: ["b"] },
        { edit: "code", declaration: "add", file: "lib/add.ts", nodes: ["b", "onB"] }
      ])
    )
    expect(named("onB")).toHaveLength(3)
    expect(edits.all).toHaveLength(4)
  })

  it("takes an input that differs, of a node that does not, for wiring", () =>
    expect(editsBehind(["joined"], among({ joined: [input("mean-of-z", "mean")] })).all).toEqual([
      { edit: "wiring", node: "joined", input: "table", from: "mean-of-z", nodes: ["joined"] }
    ]))

  it("tells new nodes of a map together", () =>
    expect(editsBehind(["drawn[0]", "drawn[1000]"], among({ "drawn[0]": [{ reason: "new" }], "drawn[1000]": [{ reason: "new" }] })).all).toEqual([
      { edit: "new", name: "drawn[…]", nodes: ["drawn[0]", "drawn[1000]"] }
    ]))

  it("looks at each link once, in a chain as long as you like and where many ways lead to one edit", () => {
    const asked = new Map<string, number>()
    const length = 20_000
    const links: LinkOf = (node) => {
      asked.set(node, (asked.get(node) ?? 0) + 1)
      const i = Number(node)
      return { node, state: "ran", why: i === 0 ? [file("root.csv")] : i === 1 ? [input("0", "x")] : [input(String(i - 1), "x"), input(String(i - 2), "x")] }
    }
    const edits = editsBehind([String(length), String(length - 1)], links)
    expect(edits.behind(String(length))).toEqual([0])
    // It is asked for itself when it is opened and closed, and by those that rest on it.
    expect(Math.max(...asked.values())).toBeLessThan(10)
  })
})
