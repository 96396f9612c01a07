import { describe, expect, it } from "vitest"
import { commandOf, shortCommandOf } from "../../../src/studio/server/time/command-of.ts"

describe("a run's command", () => {
  it("is told as it is typed, and in short where it names many nodes", () => {
    const nodes = Array.from({ length: 40 }, (_, i) => `s:n${i + 1}`)
    const many = { command: ["sediment", "run", "--json", "--study=dag.ts", "--", ...nodes] }
    expect(commandOf(many)).toBe(`sediment run --study=dag.ts -- ${nodes.join(" ")}`)
    expect(shortCommandOf(many)).toBe("sediment run --study=dag.ts -- s:n1 s:n2 s:n3 … and 37 more")
    expect(shortCommandOf({ command: ["sediment", "run", "--jobs", "2"] })).toBe("sediment run --jobs 2")
  })
})
