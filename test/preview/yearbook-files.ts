/** Tables of provinces laid out as yearbooks, databases and users lay them out, from one panel, each with the description that reads it. */
import { readFileSync } from "node:fs"
import type { SourceFile } from "../../src/dag/stage.ts"
import { cellName } from "../../src/tabular/a1.ts"
import { fileOf } from "../stages/run-stage.ts"
import { sheetXml, workbookBytes } from "../tabular/xlsx/workbook-file.ts"

type Cell = string | number | null
type Merged = readonly [top: number, left: number, bottom: number, right: number]

/** Provinces by their names, and the values of two variables by province and year; null where one is missing. */
export interface Panel {
  readonly provinces: ReadonlyArray<Province>
  readonly years: ReadonlyArray<number>
  readonly output: (province: Province, year: number) => number | null
  readonly people: (province: Province, year: number) => number | null
}
export interface Province {
  readonly entity: string
  readonly full: string
  readonly short: string
  readonly code: string
}
/** A sheet, rows and columns of merged cells from 0, and how it is described. `x` and `y` are the output and the people; a layout may have the first only. */
export interface LaidOut {
  readonly rows: ReadonlyArray<ReadonlyArray<Cell>>
  readonly merged?: ReadonlyArray<Merged>
  readonly description: Readonly<Record<string, unknown>>
  readonly both: boolean
}

export const provinces: ReadonlyArray<Province> = readFileSync("data/provinces.csv", "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(","))
  .map(([entity, full, short, , code]) => ({ entity: entity!, full: full!, short: short!, code: code! }))

const both = { x: { header: "产值", unit: "亿元" }, y: { header: "人数", unit: "万人" } }
const one = { x: { unit: "亿元" } }
const wide = ({ short }: Province): string => `　${Array.from(short).join("　")}`
const across = (panel: Panel, of: "output" | "people", province: Province): ReadonlyArray<Cell> => panel.years.map((year) => panel[of](province, year))
const chinese = ({ years }: Panel): ReadonlyArray<Cell> => years.map((year) => `${year}年`)
const blank = (n: number): ReadonlyArray<Cell> => Array.from({ length: n }, () => null)

export const layouts: Readonly<Record<string, (panel: Panel) => LaidOut>> = {
  "a page of a yearbook": (panel) => ({
    rows: [
      ["4-3 各地区工业产值"],
      ["单位：亿元", ...blank(panel.years.length - 1), "(100 million yuan)"],
      ["地  区", ...chinese(panel)],
      ["Region"],
      ["全  国", ...panel.years.map((_, i) => 1e6 + i)],
      ...panel.provinces.map((one) => [wide(one), ...panel.years.map((year) => panel.output(one, year) ?? "…")]),
      [],
      ["注：本表按当年价格计算。"],
      ["资料来源：国家统计局。"]
    ],
    description: {
      header: [3, 4],
      entity: "地区",
      year: { row: 3 },
      variable: { is: "x" },
      units: { cell: "A2" },
      passOver: { kinds: ["total"] },
      footnotes: ["注", "资料来源"],
      variables: one
    },
    both: false
  }),
  "a panel": (panel) => ({
    rows: [
      ["省份", "年份", "产值（亿元）", "人数（万人）"],
      ...panel.provinces.flatMap((one) => panel.years.map((year) => [one.full, year, panel.output(one, year), panel.people(one, year)]))
    ],
    description: { entity: "省份", year: "年份", variables: both },
    both: true
  }),
  "years over variables, newest first": (panel) => {
    const years = [...panel.years].reverse()
    return {
      rows: [
        ["地区", ...years.flatMap((year) => [`${year}年`, null])],
        [null, ...years.flatMap(() => ["产值\n（亿元）", "人数\n（万人）"])],
        ...panel.provinces.map((one) => [one.short, ...years.flatMap((year) => [panel.output(one, year), panel.people(one, year)])])
      ],
      merged: [[0, 0, 1, 0], ...years.map((_, i): Merged => [0, 1 + 2 * i, 0, 2 + 2 * i])],
      description: { header: [1, 2], entity: "地区", year: { row: 1 }, variables: both },
      both: true
    }
  },
  "variables over years": (panel) => {
    const n = panel.years.length
    return {
      rows: [
        ["主要指标"],
        ["地区", "产值（亿元）", ...blank(n - 1), "人数（万人）", ...blank(n - 1)],
        [null, ...chinese(panel), ...chinese(panel)],
        ...panel.provinces.map((one) => [one.short, ...across(panel, "output", one), ...across(panel, "people", one)])
      ],
      merged: [
        [1, 0, 2, 0],
        [1, 1, 1, n],
        [1, n + 1, 1, 2 * n]
      ],
      description: { header: [2, 3], entity: "地区", year: { row: 3 }, variables: both },
      both: true
    }
  },
  "provinces across": (panel) => ({
    rows: [
      ["年份", ...panel.provinces.map(({ short }) => short)],
      ...panel.years.map((year) => [`${year}年`, ...panel.provinces.map((one) => panel.output(one, year))])
    ],
    description: { entity: { row: 1 }, year: "年份", variable: { is: "x" }, variables: { x: { unit: "亿元", given: "亿元" } } },
    both: false
  }),
  "a long table with units": (panel) => ({
    rows: [
      ["地区", "年份", "指标", "单位", "数值"],
      ...panel.provinces.flatMap((one) =>
        panel.years.flatMap((year) => [
          [one.code, year, "产值", "亿元", panel.output(one, year)],
          [one.code, year, "人数", "万人", panel.people(one, year)]
        ])
      )
    ],
    description: { entity: "地区", year: "年份", units: "单位", long: { variable: "指标", value: "数值" }, variables: both },
    both: true
  }),
  "labels and years across, the label in the first of its rows": (panel) => ({
    rows: [
      ["指标", "地区", ...chinese(panel)],
      ...(["output", "people"] as const).flatMap((of) =>
        panel.provinces.map((one, i) => [i > 0 ? null : of === "output" ? "产值（亿元）" : "人数（万人）", one.full, ...across(panel, of, one)])
      )
    ],
    description: { entity: "地区", fillDown: true, year: { row: 1 }, variable: "指标", variables: both },
    both: true
  }),
  "side by side": (panel) => {
    const year = panel.years[0]!
    const half = Math.ceil(panel.provinces.length / 2)
    const cells = (at: number): ReadonlyArray<Cell> =>
      panel.provinces[at] === undefined ? [null, null] : [panel.provinces[at]!.short, panel.output(panel.provinces[at]!, year)]
    return {
      rows: [
        [`${year}年各地区产值`],
        ["单位：亿元"],
        ["地区", "产值", "地区", "产值"],
        ...Array.from({ length: half }, (_, i) => [...cells(i), ...cells(half + i)])
      ],
      description: {
        areas: [`A3:B${3 + half}`, `C3:D${3 + half}`],
        header: 3,
        entity: "地区",
        year: { cell: "A1", match: "\\d{4}" },
        units: { cell: "A2" },
        variables: { x: both.x }
      },
      both: false
    }
  },
  "a table a year, one below the other": (panel) => {
    const tall = panel.provinces.length + 3
    return {
      rows: panel.years.flatMap((year) => [
        [`表 ${year}年`],
        ["地区", "产值（亿元）", "人数（万人）"],
        ...panel.provinces.map((one) => [one.short, panel.output(one, year), panel.people(one, year)]),
        []
      ]),
      description: {
        areas: panel.years.map((_, i) => `${1 + i * tall}:${(i + 1) * tall}`),
        header: 2,
        entity: "地区",
        year: { cell: "A1", match: "(\\d{4})年" },
        variables: both
      },
      both: true
    }
  },
  "a year as a heading": (panel) => ({
    rows: [
      ["地区", "产值（亿元）", "人数（万人）"],
      ...panel.years.flatMap((year) => [[`${year}年`], ...panel.provinces.map((one) => [`  ${one.short}`, panel.output(one, year), panel.people(one, year)])])
    ],
    description: { entity: "地区", year: { heading: "A", match: "^(\\d{4})年" }, variables: both },
    both: true
  }),
  "years in the names of variables": (panel) => ({
    rows: [
      ["province", ...panel.years.map((year) => `output_${year}`), ...panel.years.map((year) => `people_${year}`)],
      ...panel.provinces.map((one) => [one.entity, ...across(panel, "output", one), ...across(panel, "people", one)])
    ],
    description: {
      entity: "province",
      year: { row: 1, match: "\\d{4}$" },
      variable: { row: 1, match: "^(\\D+)_" },
      variables: { x: { header: "output" }, y: { header: "people" } }
    },
    both: true
  }),
  "names in two languages, dates for years": (panel) => ({
    rows: [
      ["地区\nRegion", ...panel.years.map((year) => `${year}-12-31`)],
      ...panel.provinces.map((one) => [`${one.short} ${one.entity}`, ...across(panel, "output", one)])
    ],
    description: {
      entity: { column: "A", match: "^[\\p{Script=Han}\\s]+" },
      year: { row: 1, match: "^\\d{4}" },
      variable: { is: "x" },
      variables: { x: { unit: "亿元", given: "亿元" } }
    },
    both: false
  })
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
const cellXml = (value: Cell, name: string): string =>
  value === null
    ? ""
    : typeof value === "number"
      ? `<c r="${name}"><v>${value}</v></c>`
      : `<c r="${name}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`

const workbook = ({ merged = [], rows }: LaidOut): Uint8Array => {
  const body = rows.map((cells, i) => `<row r="${i + 1}">${cells.map((value, column) => cellXml(value, cellName(column, i + 1))).join("")}</row>`)
  const ranges = merged.map(([top, left, bottom, right]) => `<mergeCell ref="${cellName(left, top + 1)}:${cellName(right, bottom + 1)}"/>`)
  return workbookBytes({ sheets: { Data: sheetXml(body.join(""), ranges.length === 0 ? "" : `<mergeCells>${ranges.join("")}</mergeCells>`) } })
}

const textTable = ({ rows }: LaidOut, delimiter: string): string => {
  const width = Math.max(...rows.map(({ length }) => length))
  const quoted = (value: Cell | undefined) => (/["\n,;\t]/.test(String(value ?? "")) ? `"${String(value).replaceAll('"', '""')}"` : String(value ?? ""))
  return rows.map((cells) => Array.from({ length: width }, (_, i) => quoted(cells[i])).join(delimiter)).join("\r\n")
}

/** The formats in which a layout is written; a text file loses its merged cells. */
export const formats: Readonly<Record<string, (laidOut: LaidOut) => SourceFile>> = {
  CSV: (laidOut) => fileOf("data/a.csv", textTable(laidOut, ",")),
  "CSV with ; and a byte order mark": (laidOut) => fileOf("data/a.csv", `\ufeff${textTable(laidOut, ";")}`),
  "Unicode text": (laidOut) => fileOf("data/a.txt", new Uint8Array(Buffer.from(`\ufeff${textTable(laidOut, "\t")}`, "utf16le"))),
  workbook: (laidOut) => fileOf("data/a.xlsx", workbook(laidOut))
}
