/** What `sediment package --check` says. */
import { count, size } from "../engine/wording.ts"
import type { PrintCheck, SourceCheck } from "../replication/compare.ts"
import type { Expected } from "../replication/expected.ts"
import { styleFor } from "../workspace/style.ts"

const style = styleFor(process.stdout)

/** Sources that are not there, or are not the files that the results were made of. */
export const dataLines = (sources: ReadonlyArray<SourceCheck>): ReadonlyArray<string> =>
  sources.flatMap(({ source, state }) => {
    if (state === "same") return []
    const { bytes, columns, file, obtain, provided, rows, sha256 } = source
    const shape = `${rows === undefined ? "" : `${count(rows, "row")}, columns ${(columns ?? []).join(", ")}; `}${size(bytes)}, SHA-256 ${sha256}`
    if (state === "other") return [`${style("yellow", "!")} ${file} is not the file that the results were made of; that one: ${shape}`]
    if (provided) return [`${style("yellow", "!")} ${file} is missing, and it came with this package: unpack it again`]
    return [
      `${style("yellow", "!")} ${file} is not in this package, since its data may not be given away. How to get it: ${obtain ?? "not stated"}`,
      `  put it at ${file}; it should have ${shape}`
    ]
  })

/** Steps of which the program is not there. */
export const skippedLines = (skipped: ReadonlyMap<string, ReadonlyArray<string>>): ReadonlyArray<string> =>
  skipped.size === 0
    ? []
    : [
        `${style("yellow", "!")} not made and not compared, since there is here no program ${[...new Set([...skipped.values()].flat())].join(", ")}: ${[...skipped.keys()].join(", ")}`
      ]

/** As many digits as tell two numbers apart, and a few more. */
const digits = (value: number, relative: number): string => (relative > 1e-6 ? String(Number(value.toPrecision(6))) : String(value))

const differs = ({ difference }: PrintCheck): string => {
  if (difference?.cells === undefined) return "its rows or columns are others"
  const { cells, largest } = difference
  const what = largest?.printed === undefined ? count(cells, "number differs", "numbers differ") : count(cells, "printed cell differs", "printed cells differ")
  if (largest === undefined) return `${count(cells, "cell differs", "cells differ")}, none of them a number`
  const { about, expected, found, printed, relative } = largest
  const most = `${digits(expected, relative)} -> ${digits(found, relative)}${printed === undefined ? "" : ` (printed ${printed.expected} -> ${printed.found})`}`
  return `${what}, most of all ${most}, by ${relative.toExponential(1)} of it${about === "" ? "" : `, at ${about}`}`
}

const nameOf = ({ print }: PrintCheck): string => (print.title === "" ? print.node : `${print.node} (${print.title})`)

/** A line for each table or figure that is not the expected one to the bit; those that were not made in one. */
export const checkLines = (prints: ReadonlyArray<PrintCheck>, folder: string): ReadonlyArray<string> => {
  const missing = prints.filter(({ state }) => state === "missing")
  const lines = prints.flatMap((check) => {
    const { print, state } = check
    if (state === "exact" || state === "missing") return []
    if (state === "printed") return [`${style("dim", "·")} ${nameOf(check)}: prints the same; behind it ${differs(check)}`]
    return [`${style("red", "✗")} ${nameOf(check)}: ${differs(check)}; expected: ${folder === "." ? "" : `${folder}/`}${print.file}`]
  })
  return missing.length === 0 ? lines : [...lines, `${style("red", "✗")} not made, or not up to date: ${missing.map(({ print }) => print.node).join(", ")}`]
}

const ofKind = (prints: ReadonlyArray<PrintCheck>, kind: "table" | "figure"): number => prints.filter(({ print }) => print.kind === kind).length
/** `17 tables and 3 figures`, without what there is none of. */
const both = (prints: ReadonlyArray<PrintCheck>): string =>
  (["table", "figure"] as const).flatMap((kind) => (ofKind(prints, kind) === 0 ? [] : [count(ofKind(prints, kind), kind)])).join(" and ") || "0 tables"

/** `2 of 17 tables and 1 of 3 figures`. */
const among = (some: ReadonlyArray<PrintCheck>, all: ReadonlyArray<PrintCheck>): string =>
  (["table", "figure"] as const)
    .flatMap((kind) => (ofKind(all, kind) === 0 ? [] : [`${ofKind(some, kind)} of ${count(ofKind(all, kind), kind)}`]))
    .join(" and ")

/** The last line: whether the package was reproduced. Its tables and figures decide, as they are printed, and its data. */
export const verdictOf = (
  expected: Expected,
  sources: ReadonlyArray<SourceCheck>,
  prints: ReadonlyArray<PrintCheck>,
  artifacts: ReadonlyArray<{ readonly sha256: string; readonly found: string | undefined }>
): { readonly ok: boolean; readonly sentence: string } => {
  const wrong = prints.filter(({ state }) => state === "other" || state === "missing")
  const data = sources.filter(({ state }) => state !== "same").length
  const other = artifacts.filter(({ found, sha256 }) => found !== sha256)
  const lost = other.filter(({ found }) => found === undefined).length
  const here = `${process.platform}-${process.arch}, Node ${process.versions.node}`
  const there = `${expected.platform}, Node ${expected.node}`
  if (wrong.length > 0 || data > 0 || lost > 0) {
    const parts = [
      ...(wrong.length > 0 ? [`${among(wrong, prints)} are not as expected`] : [`all ${both(prints)} are as expected`]),
      ...(data > 0 ? [`${count(data, "data file is", "data files are")} missing or ${data === 1 ? "another" : "others"}`] : []),
      ...(lost > 0 ? [`${count(lost, "result was", "results were")} not made`] : []),
      ...(here === there || data > 0 ? [] : [`this is ${here}, and the results were made on ${there}`])
    ]
    return { ok: false, sentence: parts.join("; ") }
  }
  const all = `all ${both(prints)} as expected`
  if (other.length === 0) return { ok: true, sentence: `${all}, and all ${count(artifacts.length, "result")} the same to the bit` }
  const why = here === there ? "" : `: this is ${here}, and they were made on ${there}; other processors may differ in the last bits`
  return { ok: true, sentence: `${all}; ${other.length} of ${count(artifacts.length, "result")} differ in digits that are not printed${why}` }
}
