import { assert, describe, it } from "@effect/vitest"
import { integerRanges } from "../../stages/integer-ranges.ts"

describe("integerRanges", () => {
  it("joins consecutive numbers", () => {
    assert.strictEqual(integerRanges([2003, 2004, 2005, 2008, 2010, 2011]), "2003-2005, 2008, 2010-2011")
    assert.strictEqual(integerRanges([2003]), "2003")
    assert.strictEqual(integerRanges([]), "")
  })
})
