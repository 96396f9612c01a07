import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { BoundedLog, tailOf } from "../../../src/engine/command/bounded-log.ts"

const logOf = (chunks: ReadonlyArray<string>) => {
  const log = new BoundedLog()
  for (const chunk of chunks) log.write(Buffer.from(chunk))
  return log.lines()
}

describe("the log of a command", () => {
  it("has every line of what is not long, however it comes in pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zé省\n ]{0,12}$/)), (pieces) => {
        const text = pieces.join("")
        const lines = text.split("\n")
        if (lines.at(-1) === "") lines.pop()
        expect(logOf(pieces)).toEqual(lines.map((line, i) => ({ line: i + 1, text: line })))
      })
    )
  })

  it("keeps the beginning and the end of what is long, the same ones however it comes in pieces, with the numbers of their lines", () => {
    const text = Array.from({ length: 40_000 }, (_, i) => `line ${i + 1}\n`).join("")
    const whole = logOf([text])
    for (const size of [1000, 4096, 65_536, 100_000]) expect(logOf(text.match(new RegExp(`[^]{1,${size}}`, "g"))!)).toEqual(whole)
    const marker = whole.findIndex(({ text: one }) => one.includes("bytes are passed over"))
    expect(whole.slice(0, marker - 1).every(({ line, text: one }) => one === `line ${line}`)).toBe(true)
    expect(whole.slice(marker + 2).every(({ line, text: one }) => one === `line ${line}`)).toBe(true)
    expect(whole.at(-1)).toEqual({ line: 40_000, text: "line 40000" })
    expect(whole.reduce((sum, { text: one }) => sum + one.length, 0)).toBeLessThan(132_000)
  })

  it("has no colours, of a line that was written over the last words, and of one without an end its beginning", () => {
    const sign = String.fromCharCode(27)
    expect(logOf([`${sign}[31mred${sign}[0m\t1\r\n10 %\r50 %\rdone\n`])).toEqual([
      { line: 1, text: "red\t1" },
      { line: 2, text: "done" }
    ])
    expect(logOf(["x".repeat(5000)])).toEqual([{ line: 1, text: `${"x".repeat(2000)}…` }])
  })

  it("ends with what is of use in a failure: what went to stderr, or else to stdout", () => {
    const [out, err] = [logOf(["a\nb\n"]), logOf(["\n"])]
    expect(tailOf(out, err)).toEqual(["a", "b"])
    expect(tailOf(out, logOf(["c\n"]))).toEqual(["c"])
  })
})
