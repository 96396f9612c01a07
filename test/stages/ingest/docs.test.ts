import { readFileSync } from "node:fs"
import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { SourceDescription } from "../../../stages/ingest/source-params.ts"

const text = readFileSync(new URL("../../../docs/ingest.md", import.meta.url), "utf8")
const blocks = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml]) => parse(yaml!) as Record<string, unknown>)
const decode = Schema.decodeUnknownSync(SourceDescription as unknown as Schema.Codec<SourceDescription>, { onExcessProperty: "error", errors: "all" })

describe("docs/ingest.md", () => {
  it("every description in it, and every part of one, is a description", () => {
    expect(blocks.length).toBeGreaterThan(5)
    const variables = { output: {}, output_old: {}, output_new: {} }
    for (const block of blocks) {
      const whole = "splices" in block ? { variables: { output_old: {}, output_new: {} }, ...block } : { variables, ...block }
      expect(() => decode(whole)).not.toThrow()
    }
  })
  it("its table names every setting, and no other", () => {
    const told = [...text.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) => [...cell!.matchAll(/`(\w+)`/g)].map(([, name]) => name!))
    expect(told.sort()).toEqual(Object.keys(SourceDescription.fields).sort())
  })
})
