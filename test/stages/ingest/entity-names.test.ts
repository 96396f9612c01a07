import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import fc from "fast-check"
import { track } from "../../../src/artifact/tracked.ts"
import { entityNames } from "../../../stages/ingest/entity-names.ts"
import { isDottedCode, nameKey, namesByScript } from "../../../stages/ingest/name-key.ts"
import { entitiesOf } from "../panel-tables.ts"

const namesOf = (entities: ReadonlyArray<string>, columns: Record<string, ReadonlyArray<string | null>> = {}, aliases: ReadonlyArray<string> = []) =>
  Effect.runSync(entityNames(track(entitiesOf(entities, columns), () => {}) as never, aliases))

describe("names of a dictionary", () => {
  it("written alike mean themselves as they stand, and both where a text is written otherwise", () => {
    const { named } = namesOf(["A-1", "A1", "B"])
    assert.deepStrictEqual([named("A-1"), named("A1"), named("a 1"), named("b"), named("C")], [["A-1"], ["A1"], ["A-1", "A1"], ["B"], []])
  })
  it("are those of the variants without being asked for, and of the aliases that are", () => {
    const columns = { variants: ["京|Peking", null], code: ["11", "13"] }
    assert.deepStrictEqual(namesOf(["Beijing", "Hebei"], columns).named("PEKING"), ["Beijing"])
    assert.deepStrictEqual(namesOf(["Beijing", "Hebei"], columns).named("13"), [])
    assert.deepStrictEqual(namesOf(["Beijing", "Hebei"], columns, ["code"]).named("13.0"), ["Hebei"])
  })
  it("never join two entities, whatever the dictionary: each is found by its own name, and no text is taken for one of several", () => {
    const name = fc
      .oneof(fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }), fc.stringMatching(/^[AaＡ][ -.]?[1１]$/))
      .filter((text) => nameKey(text) !== "" && !text.includes("|") && text.trim() === text)
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 8 }), fc.array(name, { maxLength: 8 }), name, (entities, variants, text) => {
        const { named } = namesOf(entities, { variants: entities.map((_, i) => variants[i] ?? null) })
        for (const entity of entities) assert.include(named(entity), entity)
        const owners = entities.filter((entity, i) => [entity, variants[i]].some((one) => one === text))
        const alike = entities.filter((entity, i) => [entity, variants[i] ?? ""].some((one) => nameKey(one) === nameKey(text)))
        const found = [...named(text)].sort()
        if (owners.length > 0) assert.deepStrictEqual(found, owners.sort())
        else if (alike.length > 0 || namesByScript(text).length === 0) assert.deepStrictEqual(found, alike.sort())
      })
    )
  })
})

describe("a name's key", () => {
  it("is its own, however often it is taken, and has no spaces, capitals or marks of writing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const key = nameKey(text)
        assert.strictEqual(nameKey(key), key)
        if (isDottedCode(key)) return
        assert.notMatch(key, /\p{L}/u.test(key) ? /[\s\p{P}]/u : /\s/)
      })
    )
  })
  it("keeps what tells names apart", () => {
    const apart = ["Shānxī", "Shǎnxī", "Shanxi", "Shaanxi", "Hebei", "Hubei", "河北", "湖北", "110000", "11", "15", "1.5", "-15", "15%", "CN-HE", "CN.HE"]
    assert.strictEqual(new Set(apart.map(nameKey)).size, apart.length)
  })
})
