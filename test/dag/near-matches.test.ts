import { assert, describe, it } from "@effect/vitest"
import { didYouMean, nearMatches } from "../../src/dag/near-matches.ts"

describe("nearMatches", () => {
  const provinces = ["Hebei", "Hubei", "Henan", "Hunan", "Shanxi", "Shaanxi", "Inner Mongolia", "河北省", "河南省"]
  it("finds what a slip of the pen may have meant, nearest first", () => {
    assert.deepStrictEqual(nearMatches("Hebie", provinces), ["Hebei"])
    assert.deepStrictEqual(nearMatches("Shaanxii", provinces), ["Shaanxi", "Shanxi"])
    assert.deepStrictEqual(nearMatches("河北", provinces), ["河北省"])
  })
  it("case, spacing, hyphens and full-width letters are no difference", () => {
    for (const text of ["inner mongolia", "INNER_MONGOLIA", "Inner-Mongolia", "Ｉnner Mongolia"])
      assert.deepStrictEqual(nearMatches(text, provinces), ["Inner Mongolia"])
  })
  it("finds nothing where nothing is near, and three at most", () => {
    assert.deepStrictEqual(nearMatches("Atlantis", provinces), [])
    assert.strictEqual(didYouMean("Atlantis", provinces), "")
    assert.deepStrictEqual(nearMatches("abcd", ["abce", "abcf", "abcg", "abch"]), ["abce", "abcf", "abcg"])
  })
  it("of a huge text takes no time", () => {
    const start = performance.now()
    assert.deepStrictEqual(nearMatches("x".repeat(1_000_000), provinces), [])
    assert.isBelow(performance.now() - start, 5000)
  })
  it("is a question in a message", () => {
    assert.strictEqual(didYouMean("Hebie", provinces), 'did you mean "Hebei"? ')
  })
})
