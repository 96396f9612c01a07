import { assert, describe, it } from "@effect/vitest"
import { yearRanges } from "../../stages/year-ranges.ts"

describe("yearRanges", () => {
  it("joins consecutive years", () => {
    assert.strictEqual(yearRanges([2003, 2004, 2005, 2008, 2010, 2011]), "2003-2005, 2008, 2010-2011")
    assert.strictEqual(yearRanges([2003]), "2003")
    assert.strictEqual(yearRanges([]), "")
  })
})
