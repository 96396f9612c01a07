import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import { printedMarkdown } from "../../../src/render/table/printed-markdown.ts"
import { modelTable } from "../../../stages/tables/model-table.ts"
import { clusteringOf } from "../../../stages/tables/variance-notes.ts"
import { column, runStage } from "../run-stage.ts"
import { statesInputs } from "./states-models.ts"

const short = { controls: ["lemp"] }
const iid = { variance: "iid" }
const labels = { lpcap: "Public capital", lpc: "Private capital", lemp: "Employment", unemp: { label: "Unemployment", unit: "%" }, lgsp: "Output" }

const table = (models: ReadonlyArray<Readonly<Record<string, unknown>>>, params: Readonly<Record<string, unknown>>) =>
  Effect.gen(function* () {
    const { outputs, warnings } = yield* runStage(modelTable, yield* statesInputs(...models), { title: "Output of the US states", ...params })
    return { table: outputs["output"]!, warnings, markdown: printedMarkdown(outputs["output"]!) }
  })

/** Each option by what it is called in docs/tables.md. */
const options: Readonly<Record<string, readonly [models: ReadonlyArray<Readonly<Record<string, unknown>>>, params: Readonly<Record<string, unknown>>]>> = {
  "all by default": [[short, {}], {}],
  "several brackets": [[{}], { brackets: ["std_error", "interval"] }],
  "brackets beside": [[short, {}], { bracketsLine: "beside", brackets: "p_value", stars: false }],
  "own stars in the brackets": [
    [short, {}],
    {
      starsLine: "brackets",
      stars: [
        { below: 0.05, symbol: "*" },
        { below: 0.1, symbol: "+" }
      ]
    }
  ],
  "groups, one row for several, patterns": [
    [short, {}],
    {
      labels,
      rows: [
        { term: "lpcap", scale: 100, decimals: 1 },
        { heading: "Labour", rows: [{ term: "/^(lemp|unemp)$/", significant: 2 }] },
        { collapse: ["lpc"], label: "Capital stock" }
      ],
      omit: ["(constant)"]
    }
  ],
  "dependent row, effects, fit": [
    [short, {}],
    {
      labels,
      dependent: "row",
      fixedEffects: true,
      thousands: ",",
      omit: ["/constant/", "lpc", "unemp"],
      fit: ["nobs", "clusters", "r_squared_within", { statistic: "r_squared_adjusted", decimals: 5 }, "f_statistic"]
    }
  ],
  panels: [
    [iid, { ...short, ...iid }, {}, short],
    {
      labels,
      rows: [{ term: "lpcap" }, { term: "lpc" }],
      panels: [
        { heading: "Panel A. iid", columns: [{ model: 0 }, { model: 1 }] },
        { heading: "Panel B. clustered", columns: [{ model: 2 }, { model: 3 }] }
      ]
    }
  ],
  transposed: [
    [short, {}],
    { labels, transpose: true, dependent: "group", rows: [{ term: "lpcap" }, { heading: "Controls", rows: [{ term: "lpc" }, { term: "lemp" }] }] }
  ]
}

describe("model table: options on models of the US states", () => {
  it.effect.each(Object.keys(options))("%s", (name) =>
    Effect.gen(function* () {
      const { markdown, warnings } = yield* table(...options[name]!)
      expect(warnings).toEqual([])
      yield* Effect.promise(() => expect(markdown).toMatchFileSnapshot(`expected/model-table-${name.replace(/[^a-z]+/g, "-")}.md`))
    })
  )

  it.effect("says the level of intervals, and of none where levels differ", () =>
    Effect.gen(function* () {
      const said = (models: ReadonlyArray<Readonly<Record<string, unknown>>>) =>
        Effect.map(table(models, { brackets: "interval", stars: false }), ({ markdown }) => markdown)
      expect(yield* said([{ level: 0.9 }, { ...iid, level: 0.9 }])).toContain("90% confidence intervals in square brackets under the estimates.")
      expect(yield* said([{ level: 0.975 }])).toContain("97.5% confidence intervals")
      expect(yield* said([{ level: 0.9 }, {}])).toContain("\n\nConfidence intervals in square brackets")
    })
  )

  it.effect("says of each column which variance it has, on what and how many it clusters", () =>
    Effect.gen(function* () {
      const { table: printed } = yield* table(
        [
          iid,
          {},
          { variance: { kind: "cluster", by: ["entity", "year"] } },
          { variance: { kind: "cluster", by: ["region"] } },
          { variance: "HC1" },
          { variance: { kind: "CR2", by: "entity" } },
          { variance: { kind: "driscoll-kraay", lag: 2 } }
        ],
        { fit: ["clusters"] }
      )
      const notes = (column(printed, "text") as ReadonlyArray<string>).join("\n")
      expect(notes).toContain("All models: 48 entities.")
      expect(notes).toContain("Column 1: iid;")
      expect(notes).toContain("Column 2: clustered by entity;")
      expect(notes).toContain("Column 3: clustered by entity and by year; clusters: 48 of entity, 17 of year;")
      expect(notes).toContain("Column 4: clustered by region; clusters: 9 of region, so few that clustered standard errors are too small;")
      expect(notes).toContain("Column 5: HC1, robust to heteroskedasticity;")
      expect(notes).toContain("Column 6: CR2, clustered by entity and bias-reduced;")
      expect(notes).toContain("Column 7: Driscoll-Kraay over year, lag 2;")
      const cells = column(printed, "text") as ReadonlyArray<string>
      const labelsOf = column(printed, "row_label") as ReadonlyArray<string>
      expect(cells.filter((_, i) => labelsOf[i] === "Clusters")).toEqual(["", "48", "17", "9", "", "48", ""])
    })
  )

  it("knows what the variances of all estimators cluster on", () => {
    const variances = {
      iid: [],
      "HC3, robust to heteroskedasticity": [],
      "clustered by entity": ["entity"],
      "clustered by entity and by year": ["entity", "year"],
      "CR2, clustered by region and bias-reduced": ["region"],
      "clustered by entity, robust scores": ["entity"],
      "clustered by entity, sums of scores; traces by estimates": ["entity"],
      "Driscoll-Kraay over year, lag 2": [],
      "Conley, bartlett kernel up to 500 km within a year, up to 2 lags within a entity": [],
      "information matrix": []
    }
    expect(Object.keys(variances).map(clusteringOf)).toEqual(Object.values(variances))
  })

  it.effect("does not call few clusters too few for CR2", () =>
    Effect.gen(function* () {
      const { markdown } = yield* table([{ variance: { kind: "CR2", by: "region" } }], {})
      expect(markdown).toContain("clusters: 9 of region; small-sample")
    })
  )

  it.effect("has the columns of models in their order: models permuted are columns permuted", () =>
    Effect.gen(function* () {
      const models = [{}, short, iid]
      const cellsOf = (order: ReadonlyArray<number>) =>
        Effect.map(
          table(
            order.map((at) => models[at]!),
            { rows: [{ term: "lpcap" }, { term: "lpc" }], numbered: false }
          ),
          ({ table: printed }) => {
            const at = column(printed, "column") as Int32Array
            const cells = column(printed, "text") as ReadonlyArray<string>
            const part = column(printed, "part") as ReadonlyArray<string>
            return order.map((_, c) => cells.filter((_text, i) => part[i] === "cell" && at[i] === c))
          }
        )
      const straight = yield* cellsOf([0, 1, 2])
      for (const order of [
        [2, 0, 1],
        [1, 0, 2],
        [2, 1, 0]
      ])
        expect(yield* cellsOf(order)).toEqual(order.map((c) => straight[c]))
    })
  )

  it.effect("says models where they are rows", () =>
    Effect.gen(function* () {
      const { markdown } = yield* table([iid, {}], { transpose: true })
      expect(markdown).toContain("Model 1: iid; small-sample convention")
    })
  )

  it.effect("warns by place of what no column has", () =>
    Effect.gen(function* () {
      const { warnings } = yield* table([short], {
        rows: [{ term: "lpcap" }, { heading: "Controls", rows: [{ term: "lpc" }, { term: "/^W/" }] }, { collapse: ["lemp", "x"], label: "Others" }],
        omit: ["y"],
        fixedEffects: ["entity", "planet"],
        fit: ["nobs", "r2"]
      })
      expect(warnings.map(({ where }) => where?.parameter)).toEqual([
        "omit[0]",
        "rows[1].rows[0]",
        "rows[1].rows[1]",
        "rows[2].collapse[1]",
        "fixedEffects[1]",
        "fit[1]"
      ])
      expect(warnings[4]?.message).toBe('no column has fixed effects of "planet"; there are "entity", "year"')
      expect(warnings.at(-1)?.message).toContain('no column has the statistic "r2"; there are "clusters", "nobs", "df_residual"')
    })
  )

  it.effect("tells all parameters that make no sense, together", () =>
    Effect.gen(function* () {
      const wrong = {
        rows: [{ term: "/(/" }, { term: "lpcap", scale: 0 }, { heading: "A" }, { collapse: ["lpc"], scale: 2 }, { term: "lpc", collapse: ["lpc"] }, {}],
        stars: [
          { below: 0.05, symbol: "*" },
          { below: 0.1, symbol: "1" }
        ],
        brackets: ["std_error", "std_error"],
        decimals: 13
      }
      const failure = String(yield* Effect.flip(table([short], wrong)))
      for (const part of [
        "not a regular expression",
        "0 leaves no estimate",
        "a heading needs the rows",
        "needs a label",
        "scale is for rows with a term",
        "this one has term and collapse",
        "this one has none",
        '"1" is not a symbol',
        '"std_error" is named twice',
        "12"
      ])
        expect(failure).toContain(part)
      const twice = [
        { below: 0.05, symbol: "*" },
        { below: 0.05, symbol: "*" }
      ]
      const repeated = String(yield* Effect.flip(table([short], { stars: twice })))
      expect(repeated).toContain("0.05 is the level of another symbol already")
      expect(repeated).toContain('"*" is the symbol of another level already')
      const panels = [
        { heading: "A", columns: [{}, {}] },
        { heading: "B", columns: [{}] }
      ]
      const stacked = String(yield* Effect.flip(table([short], { panels, columns: [{}] })))
      expect(stacked).toContain("stands beside columns")
      expect(stacked).toContain("has 1 columns and the first panel 2")
    })
  )
})
