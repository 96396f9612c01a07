import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import { decode } from "../../src/dag/decode.ts"

const Params = Schema.Struct({
  sample: Schema.String,
  rows: Schema.Array(Schema.Struct({ name: Schema.NonEmptyString, attribute: Schema.Literals(["positive", "negative"]) }))
})
const faults = (value: unknown) => decode(Params, value).faults.map(({ message, path }) => `${path}: ${message}`)

describe("decode", () => {
  it("gives the value where nothing is wrong", () => {
    expect(decode(Params, { sample: "all", rows: [] })).toEqual({ value: { sample: "all", rows: [] }, faults: [] })
  })
  it("tells all that is wrong with its place, what was found, and what was meant", () => {
    expect(faults({ sampel: "all", sample: 1, rows: [{ name: "", attribute: "postive" }, { name: "b" }] })).toEqual([
      'sampel: there is no "sampel" here; did you mean "sample"?',
      "sample: Expected string, found 1",
      'rows[0].name: Expected a value with a length of at least 1, found ""',
      'rows[0].attribute: Expected "positive" | "negative", found "postive"; did you mean "positive"?',
      "rows[1].attribute: Missing key"
    ])
  })
})
