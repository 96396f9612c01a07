import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import type { StoredTable } from "../../../src/artifact/column.ts"
import { printedMarkdown } from "../../../src/render/table/printed-markdown.ts"
import { within } from "../../../stages/models/within.ts"
import { Panel } from "../../../stages/table-types.ts"
import { tidyTable } from "../../../stages/tables/tidy-table.ts"
import { statesPanel } from "../models/panel.ts"
import { faultsOf } from "../panel-tables.ts"
import { runStage, tableOf } from "../run-stage.ts"

const panel = statesPanel()
const fit = Effect.map(runStage(within, { panel }, { dependent: "lgsp", regressors: ["lpcap"], controls: ["lpc", "lemp", "unemp"] }), ({ outputs }) => outputs)
const markdown = (table: StoredTable, params: Readonly<Record<string, unknown>>) =>
  Effect.map(runStage(tidyTable, { table }, { title: "", ...params }), ({ outputs }) => printedMarkdown(outputs["output"]!))

describe("tidy table", () => {
  it.effect("prints estimates with stars, brackets below, labels and a scale", () =>
    Effect.gen(function* () {
      const { coefficients } = yield* fit
      const printed = yield* markdown(coefficients!, {
        title: "Output of the states",
        rowLabel: ["term"],
        where: { term: ["lpcap", "lpc", "unemp"] },
        columns: [
          {
            column: "estimate",
            label: "Estimate",
            stars: "p_value",
            scale: 100,
            decimals: 2,
            below: [{ column: "std_error" }, { column: ["conf_low", "conf_high"], brackets: "square", decimals: 1 }]
          },
          { column: "p_value", label: "p" },
          { column: "df", decimals: 0 }
        ],
        labels: { lpcap: "Public capital", unemp: { label: "Unemployment", unit: "%" } },
        order: [{ by: "estimate", descending: true }],
        notes: ["Munnell (1990)."]
      })
      yield* Effect.promise(() => expect(printed).toMatchFileSnapshot("expected/tidy-estimates.md"))
    })
  )

  it.effect("spreads years over columns, of one variable and of two, transposed as well", () =>
    Effect.gen(function* () {
      const wide = { rowLabel: ["entity"], spread: "year", where: { entity: ["IOWA", "OHIO"], year: { from: 1984 } } }
      const one = yield* markdown(panel, { ...wide, columns: [{ column: "unemp", label: "Unemployment" }], decimals: 1 })
      const two = yield* markdown(panel, {
        ...wide,
        columns: [
          { column: "unemp", decimals: 1 },
          { column: "lgsp", significant: 4 }
        ]
      })
      const turned = yield* markdown(panel, { ...wide, columns: [{ column: "unemp" }], decimals: 1, transpose: true })
      yield* Effect.promise(() => expect([one, two, turned].join("\n---\n\n")).toMatchFileSnapshot("expected/tidy-wide.md"))
    })
  )

  it.effect("tells units in the headings where asked", () =>
    Effect.gen(function* () {
      const units = tableOf(Panel, {
        entity: ["IOWA", "OHIO"],
        year: Int32Array.of(1970, 1970),
        rest: new Map([["gsp", { values: Float64Array.of(33400, 109000), unit: "m USD" }]])
      })
      const shown = { rowLabel: ["entity"], columns: [{ column: "gsp", label: "Output" }], units: true, decimals: 0, thousands: "," }
      const plain = yield* markdown(units, shown)
      expect(plain).toContain("|  | Output (m USD) |")
      expect(plain).toContain("| OHIO | 109,000 |")
      expect(yield* markdown(units, { ...shown, spread: "year" })).toContain("Output (m USD)<br>1970")
    })
  )

  it.effect("sets rows under headings", () =>
    Effect.gen(function* () {
      const { variances } = yield* fit
      const printed = yield* markdown(variances!, {
        groups: "term",
        rowLabel: ["variance", "small_sample"],
        where: { term: ["lpcap", "lpc"], chosen: true },
        columns: [
          { column: "estimate", below: [{ column: "std_error" }] },
          { column: "chosen", label: "Ours" }
        ]
      })
      yield* Effect.promise(() => expect(printed).toMatchFileSnapshot("expected/tidy-groups.md"))
    })
  )

  it.effect("reads the columns that it names, and no other", () =>
    Effect.gen(function* () {
      const { reads } = yield* runStage(tidyTable, { table: panel }, { title: "", rowLabel: ["entity"], columns: [{ column: "unemp" }], where: { year: 1970 } })
      expect(reads.filter((read) => read.startsWith("table column")).sort()).toEqual(["entity", "unemp", "year"].map((name) => `table column ${name}`))
      expect(reads).not.toContain("table names")
    })
  )

  it.effect("names every column that is not there or does not fit, with its place", () =>
    Effect.gen(function* () {
      const wrong = {
        rowLabel: ["entiti"],
        columns: [
          { column: "entity", stars: "entity", scale: 2 },
          { column: "gsp", below: [{ column: "se" }] }
        ],
        order: [{ by: "yaer" }]
      }
      const faults = yield* faultsOf(tidyTable, { table: panel }, { title: "", ...wrong })
      expect(faults.map(({ code, where }) => [code, where?.parameter, where?.column])).toEqual([
        ["no-such-column", "rowLabel[0]", "entiti"],
        ["no-such-column", "order[0].by", "yaer"],
        ["not-a-number", "columns[0].column", "entity"],
        ["not-a-number", "columns[0].stars", "entity"],
        ["no-such-column", "columns[1].column", "gsp"],
        ["no-such-column", "columns[1].below[0].column", "se"]
      ])
      expect(faults[0]!.message).toContain('did you mean "entity"?')
      expect(faults[3]!.message).toBe('the column "entity" holds words, and columns[0].stars needs numbers')
    })
  )

  it.effect("names the rows that would stand in one place, and a condition that leaves none", () =>
    Effect.gen(function* () {
      const spread = { rowLabel: ["year"], spread: "year", columns: [{ column: "unemp" }], where: { year: 1970, entity: ["IOWA", "OHIO"] } }
      const [clash] = yield* faultsOf(tidyTable, { table: panel }, { title: "", ...spread })
      expect(clash).toMatchObject({ code: "two-rows-in-one-place", where: { column: "year" } })
      expect(clash!.message).toMatch(/^rows \d+ and \d+ have the same year \("1970"\) and the same year \(1970\)/)
      const [none] = yield* faultsOf(tidyTable, { table: panel }, { title: "", ...spread, where: { year: { from: 2000 } } })
      expect(none!.message).toBe('no row of 816 is left to print; look at "where": {"year":{"from":2000}}')
    })
  )
})
