import { describe, expect, it } from "vitest"
import { placeOf, readQuery } from "../../src/snapshot/query-text.ts"

describe("an SQL text", () => {
  it("is one statement, whatever stands in texts, names and comments", () => {
    const one = readQuery(`-- a; b\n/* ; */ SELECT 'it''s; "x"' AS "a;b", $tag$ ; $tag$ FROM t ; -- the end;\n`)
    expect([one.count, one.verb]).toEqual([1, "select"])
    expect(one.statement.trimStart()).toMatch(/^SELECT .* FROM t$/)
    expect(readQuery("select 1; drop table t").count).toBe(2)
    expect(readQuery(" \n-- nothing\n;").count).toBe(0)
    expect(readQuery("\uFEFFselect 1").verb).toBe("select")
    expect(readQuery("select 'never closed; select 2").count).toBe(1)
  })
  it("keeps its places", () => {
    const text = "-- head\n  select x\n  from nowhere"
    const { statement } = readQuery(text)
    expect(statement.indexOf("nowhere")).toBe(text.indexOf("nowhere"))
    expect(placeOf(text, text.indexOf("nowhere"))).toEqual({ line: 3, column: 8 })
  })
  it.each([
    ["select a, b from t order by a, t.b desc nulls last limit 5", ["a", "b"]],
    ['select * from t order by "Year", 2 collate "C" for update', ["Year", "2"]],
    ["with q as (select * from t order by a) select * from q order by lower(a)", undefined],
    ["select a from t union select a from u order by 1", ["1"]]
  ])("%s", (sql, columns) => expect(readQuery(sql).order).toEqual({ columns }))
  it("has an order only where its own rows have one", () => {
    for (const sql of [
      "select * from (select * from t order by a) q",
      "select array_agg(a order by a) from t",
      "select row_number() over (order by a) from t",
      "select 'order by' from t -- order by a"
    ])
      expect(readQuery(sql).order).toBeUndefined()
  })
})
