import { describe, expect, it } from "vitest"
import { type StatusRow, statusLines, warningLines } from "../../src/cli/status-lines.ts"

const plain = (_: unknown, text: string) => text
const warned = (node: string, ...messages: ReadonlyArray<string>) => ({
  node,
  warnings: messages.map((message) => ({ code: message.split(" ")[0]!, message }))
})

const stale = (name: string, file: string, message?: string): StatusRow => ({
  study: "s",
  node: { name, stage: "x", params: "{}", inputs: {}, outputs: {} },
  plan: { state: "stale", why: [{ reason: "source", input: "file", file }] },
  ms: undefined,
  failed: message === undefined ? [] : [{ node: name, run: "r", at: 0, faults: [{ code: "x", message }] }]
})
const unknown = (name: string): StatusRow => ({
  ...stale(name, ""),
  plan: { state: "unknown", why: [{ reason: "input", input: "in", node: "a", output: "output", columns: [] }] }
})

describe("nodes of a study", () => {
  const rows = [
    stale("a", "a.csv", "wrong"),
    stale("m[1]", "m.csv", "wrong"),
    stale("m[2]", "m.csv"),
    ...Array.from({ length: 20 }, (_, i) => unknown(`n${i}`))
  ]

  it("that are stale for one reason, unknown, or failed by one fault of a run stand in a line", () => {
    expect(statusLines(rows, { all: false, whole: false, style: plain })).toEqual([
      "stale    a  the file a.csv changed",
      "stale    m[…] (2)  the file m.csv changed",
      "unknown  n0, n1, n2, n3, n4, n5, n6, n7 and 12 more",
      "failed   a, m[1] failed on 1970-01-01 00:00:00 UTC (run r): wrong"
    ])
  })

  it("have a line each where the whole is asked for", () => {
    const lines = statusLines(rows, { all: false, whole: true, style: plain })
    expect(lines).toHaveLength(24)
    expect(lines).toContain("unknown  n19  its input in may change: a has yet to run")
  })
})

describe("warnings of a study", () => {
  const many = [
    warned("a", "filled 3 cells", "few rows"),
    warned("b", "filled 5 cells"),
    warned("m[1]", "filled 7 cells"),
    warned("m[2]", "filled 7 cells", "few rows")
  ]

  it("of one kind are told by the first, and by which nodes have others; one message of several nodes is told once", () => {
    expect(warningLines(many, false, plain)).toEqual([
      "warning  a: filled 3 cells",
      "         and 2 like this, of b, m[…] (2): --all",
      "warning  a, m[2]: few rows"
    ])
  })

  it("are told one by one where the whole is asked for, or two are all there are", () => {
    expect(warningLines(many, true, plain)).toEqual([
      "warning  a: filled 3 cells",
      "warning  b: filled 5 cells",
      "warning  m[1], m[2]: filled 7 cells",
      "warning  a, m[2]: few rows"
    ])
    expect(warningLines(many.slice(0, 2), false, plain)).toContain("warning  b: filled 5 cells")
  })
})
