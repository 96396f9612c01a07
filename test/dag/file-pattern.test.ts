import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fitsPattern, patternDepth, patternFault } from "../../src/dag/file-pattern.ts"

describe("a pattern of files", () => {
  it.each([
    ["*.xlsx", ["2003.xlsx", "2003.XLSX", "年鉴 2003.xlsx"], ["2003.xls", "2003.xlsx.bak", "sub/2003.xlsx"]],
    ["20??.{xls,xlsx}", ["2003.xls", "2021.xlsx"], ["203.xls", "2003.csv", "20033.xls"]],
    ["*", ["2003.csv", "a b"], ["a/b"]],
    ["*/table.csv", ["2003/table.csv"], ["table.csv", "a/b/table.csv"]],
    ["**/*.csv", ["a.csv", "a/b.csv", "a/b/c.csv"], ["a/b.txt"]],
    ["raw/**", ["raw/a", "raw/b/c"], ["raw", "a"]],
    ["a+b(1)[2].csv", ["a+b(1)[2].csv"], ["aab1.csv", "a+b(1)2.csv"]],
    ["caf\u00e9.csv", ["cafe\u0301.csv"], ["cafe.csv"]],
    ["表{1,2-3}-*.csv", ["表1-甲.csv", "表2-3-.csv"], ["表2-1.csv"]]
  ])("%s", (pattern, fits, others) => {
    expect(patternFault(pattern)).toBeUndefined()
    expect(fits.filter((path) => !fitsPattern(pattern)(path))).toEqual([])
    expect(others.filter(fitsPattern(pattern))).toEqual([])
  })
  it.each(["", "data/", "/data/*.csv", "a\\b", "../*.csv", "a//b", "a/./b", "{a", "a}", "{a,{b,c}}", "{a/b}"])("of %s a fault is told", (pattern) =>
    expect(patternFault(pattern)).toBeDefined()
  )
  it("says how deep its files lie", () => {
    expect(["*.csv", "*/*.csv", "**/*.csv"].map(patternDepth)).toEqual([0, 1, Number.POSITIVE_INFINITY])
  })
  it("of any name without signs of its own fits that name alone", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !/[*?{}/\\]|^\.\.?$/.test(text))
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(patternFault(one)).toBeUndefined()
        expect(fitsPattern(one)(one)).toBe(true)
        expect(fitsPattern(one)(`${one}/${other}`)).toBe(false)
      })
    )
  })
})
