import { describe, expect, it } from "vitest"
import { testNotes } from "../../../stages/tables/test-notes.ts"

describe("notes of tests", () => {
  it("tell each note once, for all the tests that share it", () => {
    const told = [
      { label: "LM (lag)", variant: "", note: "within residuals" },
      { label: "LM (error)", variant: "", note: "within residuals" },
      { label: "LM (lag)", variant: "", note: "within residuals" },
      { label: "Wald", variant: "", note: "theta = 0" },
      { label: "LR", variant: "", note: "" }
    ]
    expect(testNotes(told)).toEqual(["LM (lag), LM (error): within residuals.", "Wald: theta = 0."])
  })
  it("name the variant where the note is of some variants alone, once where it is the same", () => {
    const told = ["LM (lag)", "LM (error)"].flatMap((label) => ["pooled", "within"].map((variant) => ({ label, variant, note: `${variant} residuals` })))
    const wald = ["none", "lee-yu"].map((variant) => ({ label: "Wald", variant, note: "H0: theta = 0" }))
    expect(testNotes([...told, ...wald, { label: "Hausman", variant: "lee-yu", note: "contrast" }])).toEqual([
      "LM (lag), LM (error), pooled: pooled residuals.",
      "LM (lag), LM (error), within: within residuals.",
      "Wald: H0: theta = 0.",
      "Hausman: contrast."
    ])
  })
  it("name the variant of each label where they differ", () => {
    const told = [
      { label: "LR", variant: "none", note: "a" },
      { label: "LR", variant: "lee-yu", note: "b" },
      { label: "Wald", variant: "iid", note: "a" },
      { label: "Wald", variant: "robust", note: "c" }
    ]
    expect(testNotes(told)).toEqual(["LR (none), Wald (iid): a.", "LR, lee-yu: b.", "Wald, robust: c."])
  })
})
