import type { StataTable } from "../../../src/tabular/stata/write-stata.ts"

const column = (
  name: string,
  kind: StataTable["columns"][number]["kind"],
  values: ArrayLike<number> | ArrayLike<string>,
  more: { readonly valid?: ReadonlyArray<number>; readonly unit?: string; readonly description?: string } = {}
): StataTable["columns"][number] => ({ name, kind, values, valid: more.valid, unit: more.unit ?? "", description: more.description ?? "" })

/** One column of each kind, and what Stata has no place for as it is: names, long labels, large numbers, long texts. test/oracle/stata-written.R writes it. */
export const writtenTable: StataTable = {
  rows: 4,
  notes: ["synthetic replica", "注：数据为合成"],
  columns: [
    column("entity", "category", ["河北", "北京", "", "河北"], { valid: [1, 1, 0, 1], description: "province" }),
    column("year", "integer", Int32Array.of(2003, 2004, -2147483647, 0), { valid: [1, 1, 1, 0] }),
    column("edge", "integer", Int32Array.of(2147483647, -2147483648, 0, 2147483621)),
    column("gdp", "number", Float64Array.of(0.1, Number.NaN, -1e300, Number.POSITIVE_INFINITY), { unit: "10^8 yuan", description: "gross regional product" }),
    column("gdp__filled", "flag", Uint8Array.of(0, 1, 0, 0), { valid: [1, 1, 0, 1] }),
    column("coagglo*icc", "number", Float64Array.of(1, 2, 3, 4), { description: `${"长".repeat(79)}e\u0301 and more, line\nby line` }),
    column("coagglo icc", "number", Float64Array.of(-0, 1e-300, 8.9e307, 5e-324)),
    column("2003", "number", Float64Array.of(1, 2, 3, 4)),
    column("double", "number", Float64Array.of(1, 2, 3, 4)),
    column("省份名称", "text", ["内蒙古自治区", "x", "", "a\tb"], { valid: [1, 1, 0, 1] }),
    column("a name that is much longer than Stata allows it", "text", ["y".repeat(2045), "", "z", "z"]),
    column("long", "text", ["长".repeat(700), "", "short", "长".repeat(700)]),
    column("term", "category", ["", "a", "b", "a"])
  ]
}
