import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { shapeOf } from "../../src/replication/source-shape.ts"

const TITLED = "Unemployment by town,,\nUnit: %,,\nTown,2010,2011\nAshford,6.1,6.3\nBrook,7.2,7.5\nSource: office,,\n"
const shape = (text: string, ...params: ReadonlyArray<object>) =>
  Effect.runPromise(
    shapeOf(
      "data/u.csv",
      { bytes: Buffer.from(text) },
      params.map((one) => ({ params: JSON.stringify(one) }))
    )
  )

describe("the shape of a data file", () => {
  it("has its header in the first row, unless a node that reads it says where", async () => {
    expect(await shape("a,b\n1,2\n3,4\n", { scale: 1 })).toEqual({ rows: 2, columns: ["a", "b"] })
    expect(await shape(TITLED, { scale: 1 }, { header: 3, last: 5 })).toEqual({ rows: 2, columns: ["Town", "2010", "2011"] })
    expect(await shape(TITLED, { header: 3 })).toEqual({ rows: 3, columns: ["Town", "2010", "2011"] })
    expect(await shape(",2010,2010,2011,\nTown,gdp,pop,gdp,note\nA,1,2,3,4\n", { header: [1, 2] })).toEqual({
      rows: 1,
      columns: ["Town", "2010 / gdp", "2010 / pop", "2011 / gdp", "note"]
    })
  })

  it("has no column without a name, and is not told of what cannot be read so", async () => {
    expect(await shape(TITLED)).toEqual({ rows: 5, columns: ["Unemployment by town"] })
    expect(await shape(TITLED, { header: 9 })).toBeUndefined()
    expect(await shape(TITLED, { header: "none" })).toEqual({ rows: 5, columns: ["Unemployment by town"] })
  })
})
