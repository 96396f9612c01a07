import { describe, expect, it } from "vitest"
import { warningLines } from "../../src/cli/status-lines.ts"

const plain = (_: unknown, text: string) => text
const warned = (node: string, ...messages: ReadonlyArray<string>) => ({
  node,
  warnings: messages.map((message) => ({ code: message.split(" ")[0]!, message }))
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
