import type { StoredTable } from "../../src/artifact/column.ts"
import { toStoredTable } from "../../src/artifact/output.ts"
import { type FigurePoint, figureTable } from "../../stages/figures/figure-points.ts"
import { Figure, PrintedTable } from "../../stages/table-types.ts"
import type { Draft } from "../../stages/tables/draft.ts"
import { printedTable } from "../../stages/tables/printed-table.ts"

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

export const figure = (heading: { title: string; x: string; y: string }, points: ReadonlyArray<FigurePoint>, notes: ReadonlyArray<string> = []): StoredTable =>
  toStoredTable(Figure, figureTable({ title: heading.title, xLabel: heading.x, yLabel: heading.y }, points), notes)

/** Ten entities' lines that end close to each other. */
export const trend = figure(
  { title: "Figure 2. Development level of advanced manufacturing in provinces.", x: "Year", y: "ami (0 to 100)" },
  ["Jiangsu", "Zhejiang", "Shanghai", "Guangdong", "Anhui", "Liaoning", "Jiangxi", "Tianjin", "Hunan", "Beijing"].flatMap((series, i) =>
    Array.from(
      { length: 10 },
      (_, t): FigurePoint => ({ mark: "line", series, x: 2012 + t, y: 38 - i * 0.8 + t * (1.1 + (i % 4) * 0.06) + ((i * 7 + t * 5) % 6) * 0.5 })
    )
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
    ...pairs.map(({ e, x }): FigurePoint => ({ mark: "point", x, y: 27 + 1.1 * x + e })),
    ...[1, 16].map((x): FigurePoint => ({ mark: "line", series: "ami = 27.00 + 1.100 coagglo (r = 0.852, n = 120)", x, y: 27 + 1.1 * x }))
  ],
  ["synthetic replica: not the authors' data"]
)

/** Two panels with axes through the origin, named points and a line. */
export const moran = figure(
  { title: "Moran scatter plots of coagglo", x: "coagglo (standardised)", y: "spatial lag of coagglo (W z)" },
  [2003, 2021].flatMap((year): ReadonlyArray<FigurePoint> => {
    const panel = `${year}: I = 0.213***`
    return [
      { mark: "rule", panel, x: 0, y: 0 },
      ...Array.from({ length: 31 }, (_, i): FigurePoint => {
        const x = ((i * 11 + year) % 31) / 5 - 3
        return { mark: "point", panel, x, y: 0.213 * x + (((i * 17) % 13) - 6) / 8, ...(i === 3 ? { label: "Guangdong" } : i === 9 ? { label: "Xizang" } : {}) }
      }),
      ...[-3, 3].map((x): FigurePoint => ({ mark: "line", panel, series: "fitted through the origin", x, y: 0.213 * x }))
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

/** Estimates with their intervals in rows with names, two series, a line at zero. */
export const coefficients = figure({ title: "Effects of coagglo", x: "estimate and 95% interval (points of ami)", y: "" }, [
  { mark: "rule", x: 0 },
  ...["baseline", "east", "a very long name of a sub-sample that does not fit beside the axis at all, not even nearly", "West"].flatMap(
    (name, i): ReadonlyArray<FigurePoint> => [
      { mark: "tick", y: -i, label: name },
      { mark: "interval", series: "clustered", x: 0.7 - i * 0.4, y: -i + 0.13, xRange: [0.4 - i * 0.5, 1 - i * 0.3] },
      { mark: "interval", series: "iid", x: 0.7 - i * 0.4, y: -i - 0.13, xRange: [0.5 - i * 0.5, 0.9 - i * 0.3] }
    ]
  )
])
/** A conditional effect with its band, and where it is not told from zero. */
export const band = figure({ title: "Effect of coagglo by mi", x: "mi (182 million USD)", y: "effect on ami" }, [
  { mark: "rule", y: 0 },
  ...Array.from({ length: 21 }, (_, i): FigurePoint => ({ mark: "band", x: i / 4, yRange: [-0.6 + i * 0.08 - 0.1, 0.2 + i * 0.14] })),
  ...Array.from({ length: 21 }, (_, i): FigurePoint => ({ mark: "line", x: i / 4, y: -0.2 + i * 0.11 }))
])
/** The same where it differs from zero on one side, with the moderator's distribution below. */
export const region = figure({ title: "Effect of coagglo by mi", x: "mi (182 million USD)", y: "effect on ami" }, [
  { mark: "rule", y: 0 },
  { mark: "rule", x: 2 },
  ...[0, 1, 2, 3, 4].map((x): FigurePoint => ({ mark: "band", group: 0, x, yRange: [x - 2, x + 1] })),
  ...[2, 3, 4].map((x): FigurePoint => ({ mark: "band", group: 1, x, yRange: [x - 2, x + 1] })),
  ...[0, 4].map((x): FigurePoint => ({ mark: "line", x, y: x - 0.5 })),
  ...[9, 5, 2, 1].map((count, x): FigurePoint => ({ mark: "bar", xRange: [x, x + 1], yRange: [-3, -3 + count / 10] }))
])
/** Intervals of two levels, names in Chinese that need more lines than one. */
export const levels = figure({ title: "产业协同集聚对先进制造业的影响", x: "ami", y: "" }, [
  { mark: "rule", x: 0 },
  ...["基准回归", "国际产能合作与城市创新能力的调节效应：东部、中部、西部与东北地区", "instrumented_by_the_year_before_in_all_regions"].flatMap(
    (label, i): ReadonlyArray<FigurePoint> => [
      { mark: "tick", y: -i, label },
      { mark: "interval", x: 0.7, y: -i, xRange: [-0.2 * i, 1.4 + i] },
      { mark: "interval", y: -i, xRange: [0.1, 1.1 + i] }
    ]
  )
])
/** More series than there are colours. */
export const hundred = figure(
  { title: "A hundred provinces", x: "Year", y: "" },
  Array.from({ length: 100 }, (_, i) => [2003, 2021].map((x): FigurePoint => ({ mark: "line", series: `province ${i}`, x, y: x - 2003 + i }))).flat()
)
/** Replicates counted in bins, upright lines at the estimate and the interval's ends. */
export const histogram = figure({ title: "Indirect effect, 1,000 replicates", x: "indirect effect", y: "replicates" }, [
  ...Array.from(
    { length: 24 },
    (_, i): FigurePoint => ({ mark: "bar", xRange: [i / 40, (i + 1) / 40], yRange: [0, Math.round(120 * Math.exp(-((i - 12) ** 2) / 30))] })
  ),
  { mark: "rule", x: 0.31, label: "" }
])
/** Shares by row and column, from light to dark. */
const heat = {
  points: ["gdp", "fdi", "patents_granted"].flatMap(
    (name, r): ReadonlyArray<FigurePoint> => [
      { mark: "tick", y: r + 0.5, label: name },
      ...Array.from(
        { length: 8 },
        (_, c): FigurePoint => ({ mark: "bar", series: ["none", "under 5%", "over 5%"][(r + c * c) % 3]!, xRange: [c, c + 1], yRange: [r, r + 1] })
      )
    ]
  ),
  years: Array.from({ length: 8 }, (_, c): FigurePoint => ({ mark: "tick", x: c + 0.5, label: String(2003 + c) }))
}
export const missing = toStoredTable(
  Figure,
  figureTable({ title: "Missing cells", xLabel: "", yLabel: "", palette: "sequential", notes: ["Share of 31 entities."] }, [
    ...["none", "under 5%", "over 5%"].map((series): FigurePoint => ({ mark: "bar", series, xRange: [0, 0], yRange: [0, 0] })),
    ...heat.points,
    ...heat.years
  ]),
  []
)
const square = (x: number, y: number, size: number) => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size]
]
/** Areas in two panels, one with two rings, coloured by the kind of cluster that they belong to. */
export const map = toStoredTable(
  Figure,
  figureTable(
    { title: "Clusters of ami", xLabel: "", yLabel: "", palette: "clusters", notes: ["Local Moran's I, p below 0.05."] },
    ["2003", "2021"].flatMap((panel, p) =>
      Array.from({ length: 12 }, (_, i): ReadonlyArray<FigurePoint> => {
        const series = ["high-high", "low-low", "high-low", "low-high", "not significant", "no value"][(i + p) % 6]!
        const rings = [square(i % 4, Math.floor(i / 4), 0.95), ...(i === 5 ? [square(4.2, 0.5, 0.3)] : [])]
        return [
          ...rings.flatMap((ring, r) => ring.map(([x, y]): FigurePoint => ({ mark: "polygon", panel, series, group: i * 10 + r, x: x!, y: y! }))),
          { mark: "text", panel, x: (i % 4) + 0.5, y: Math.floor(i / 4) + 0.5, label: `area ${i}` }
        ]
      }).flat()
    )
  ),
  []
)
/** From before to after. */
export const edit = figure({ title: "What the edit moved", x: "coagglo (points of ami)", y: "" }, [
  { mark: "rule", x: 0 },
  ...["baseline", "iv", "east"].flatMap(
    (label, i): ReadonlyArray<FigurePoint> => [
      { mark: "tick", y: -i, label },
      { mark: "arrow", xRange: [0.5 + i * 0.2, Number.NaN], yRange: [-i, Number.NaN], x: 0.2 - i * 0.3, y: -i }
    ]
  )
])
