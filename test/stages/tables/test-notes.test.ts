import { describe, expect, it } from "vitest"
import { testNotes } from "../../../stages/tables/test-notes.ts"

describe("notes of tests", () => {
  it("tell each note once, for all the tests that share it", () => {
    const told = [
      { label: "LM (lag)", note: "within residuals" },
      { label: "LM (error)", note: "within residuals" },
      { label: "LM (lag)", note: "within residuals" },
      { label: "Wald", note: "theta = 0" },
      { label: "LR", note: "" }
    ]
    expect(testNotes(told)).toEqual(["LM (lag), LM (error): within residuals", "Wald: theta = 0"])
  })
})
