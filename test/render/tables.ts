import type { StoredTable } from "../../src/artifact/column.ts"
import { toStoredTable } from "../../src/artifact/output.ts"
import { Figure, PrintedTable } from "../../stages/table-types.ts"
import { type Draft, printedTable } from "../../stages/tables/printed-table.ts"

/** Tables that the renderings are tried on. */
export const printed = (draft: Draft, notes: ReadonlyArray<string> = []): StoredTable => toStoredTable(PrintedTable, printedTable(draft), notes)

const number = (text: string, published?: string) => ({
  text,
  value: Number.parseFloat(text.replace("(", "")),
  ...(published === undefined ? {} : { published: { text: published, value: Number.parseFloat(published.replace("(", "")) } })
})

/** Two columns of Table 4 with the paper's numbers, a blank cell, a text row, a rule, and a source note. */
export const baseline = printed(
  {
    title: "Table 4. Baseline regression and robustness testing.",
    columns: [
      { group: "Baseline regression", label: "(1) ami" },
      { group: "IV", label: "(2) coagglo" },
      { group: "IV", label: "(3) ami" }
    ],
    rows: [
      { label: "coagglo", cells: [number("0.770***", "0.767***"), undefined, number("1.302**", "1.337***")] },
      { label: "", cells: [number("(0.128)", "(0.130)"), undefined, number("(0.601)", "(0.515)")] },
      { label: "L.coagglo", cells: [undefined, number("0.611***", "0.623***"), undefined] },
      { label: "", cells: [undefined, number("(0.092)", "(0.090)"), undefined] },
      { label: "(constant)", cells: [number("-43.002**", "-43.377**"), undefined, undefined] },
      { label: "", cells: [number("(18.700)", "(18.509)"), undefined, undefined] },
      {
        label: "Provincial fixed effects",
        ruled: true,
        cells: [1, 2, 3].map(() => ({ text: "Yes", published: { text: "Yes" } }))
      },
      { label: "N", cells: [number("589", "589"), number("558", "558"), number("558", "558")] }
    ],
    notes: ["Standard errors in parentheses, clustered by entity (31 clusters). * 10%, ** 5%, *** 1%."]
  },
  ["synthetic replica: not the authors' data"]
)

/** Names of two cells' width, a pipe, an escape sequence, and a column without a number. */
export const awkward = printed({
  title: "Names | that break *tables*",
  columns: [{ label: "说明" }, { label: "value" }],
  rows: [
    { label: "内蒙古自治区", cells: [{ text: "a|b" }, number("1.50")] },
    { label: "Xizang\u001b[31m", cells: [{ text: "x_y <b>" }, number("-10.25")] }
  ],
  notes: []
})

interface Point {
  readonly mark: string
  readonly x: number
  readonly y: number
  readonly panel?: string
  readonly series?: string
  readonly label?: string
}
export const figure = (heading: { title: string; x: string; y: string }, points: ReadonlyArray<Point>, notes: ReadonlyArray<string> = []): StoredTable =>
  toStoredTable(
    Figure,
    {
      panel: points.map((p) => p.panel ?? ""),
      mark: points.map((p) => p.mark),
      series: points.map((p) => p.series ?? ""),
      x: Float64Array.from(points, (p) => p.x),
      y: Float64Array.from(points, (p) => p.y),
      label: points.map((p) => p.label ?? null),
      title: points.map(() => heading.title),
      x_label: points.map(() => heading.x),
      y_label: points.map(() => heading.y)
    },
    notes
  )

/** Ten entities' lines that end close to each other. */
export const trend = figure(
  { title: "Figure 2. Development level of advanced manufacturing in provinces.", x: "Year", y: "ami (0 to 100)" },
  ["Jiangsu", "Zhejiang", "Shanghai", "Guangdong", "Anhui", "Liaoning", "Jiangxi", "Tianjin", "Hunan", "Beijing"].flatMap((series, i) =>
    Array.from({ length: 10 }, (_, t) => ({ mark: "line", series, x: 2012 + t, y: 38 - i * 0.8 + t * (1.1 + (i % 4) * 0.06) + ((i * 7 + t * 5) % 6) * 0.5 }))
  ),
  ["synthetic replica: not the authors' data"]
)

const pairs = Array.from({ length: 120 }, (_, i) => ({ x: 1 + ((i * 37) % 120) / 8, e: ((i * 53) % 41) / 4 - 5 }))
/** A cloud of points and its fitted line. */
export const scatter = figure(
  {
    title: "Figure 3. Correlation between industrial synergy agglomeration and the development of advanced manufacturing.",
    x: "coagglo (index)",
    y: "ami (0 to 100)"
  },
  [
    ...pairs.map(({ e, x }) => ({ mark: "point", x, y: 27 + 1.1 * x + e })),
    ...[1, 16].map((x) => ({ mark: "line", series: "ami = 27.00 + 1.100 coagglo (r = 0.852, n = 120)", x, y: 27 + 1.1 * x }))
  ],
  ["synthetic replica: not the authors' data"]
)

/** Two panels with axes through the origin, named points and a line. */
export const moran = figure(
  { title: "Moran scatter plots of coagglo", x: "coagglo (standardised)", y: "spatial lag of coagglo (W z)" },
  [2003, 2021].flatMap((year) => {
    const panel = `${year}: I = 0.213***`
    return [
      { mark: "rule", panel, x: 0, y: 0 },
      ...Array.from({ length: 31 }, (_, i) => {
        const x = ((i * 11 + year) % 31) / 5 - 3
        return { mark: "point", panel, x, y: 0.213 * x + (((i * 17) % 13) - 6) / 8, ...(i === 3 ? { label: "Guangdong" } : i === 9 ? { label: "Xizang" } : {}) }
      }),
      ...[-3, 3].map((x) => ({ mark: "line", panel, series: "fitted through the origin", x, y: 0.213 * x }))
    ]
  })
)

/** Rows under headings. */
export const weights = printed({
  title: "Table 2. Indicators and entropy weights",
  columns: [{ label: "Attribute" }, { label: "Overall weight" }],
  rows: [
    { label: "Public capital", cells: [] },
    { label: "  Highways and streets per worker", cells: [{ text: "+" }, number("0.282", "0.300")] },
    { label: "Labour market", ruled: true, cells: [] },
    { label: "  Unemployment rate", cells: [{ text: "-" }, number("0.028", "0.031")] }
  ],
  notes: []
})
