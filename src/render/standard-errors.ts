import { pad, width, wrap } from "./monospace.ts"
import { significant } from "./numbers.ts"

/** A term's standard error under one convention, as an artifact of type StandardErrors has it; null where the convention has none. */
export interface StandardErrorRow {
  readonly equation: string
  readonly term: string
  readonly variance: string
  readonly small_sample: string
  readonly chosen: boolean
  readonly estimate: number
  readonly std_error: number | null
  readonly statistic: number | null
  readonly df: number | null
  readonly p_value: number | null
  readonly conf_low: number | null
  readonly conf_high: number | null
  readonly formula: string
  readonly factor: number | null
  readonly clusters: number | null
  readonly nobs: number
  readonly parameters: number | null
  readonly software: string
  readonly note: string
}

type Style = (name: "bold" | "dim", text: string) => string

const short = (value: number | null, digits = 4): string => (value === null ? "" : significant(value, digits))
const whole = (value: number | null): string => (value === null ? "" : String(value))

/** The formula of a standard error with its numbers: what it is multiplied by, and what it would be without. */
const derivation = ({ clusters, factor, formula, nobs, parameters, std_error, variance }: StandardErrorRow): ReadonlyArray<string> => {
  if (std_error === null || factor === null) return []
  const letters = [clusters === null ? "" : `G = ${clusters}`, `n = ${nobs}`, parameters === null ? "" : `K = ${parameters}`].filter((part) => part !== "")
  const bare = std_error / Math.sqrt(factor)
  const sandwich =
    variance === "iid"
      ? "V = s2 (X'X)^-1"
      : variance.startsWith("Driscoll")
        ? "V = (X'X)^-1 [sum over l of w_l sum over t of (h_t h_(t-l)' + h_(t-l) h_t')] (X'X)^-1 c, h_t = sum over i of x_it e_it"
        : variance.startsWith("Conley")
          ? "V = (X'X)^-1 [sum over pairs of rows of K(d_ij) x_i e_i e_j x_j'] (X'X)^-1"
          : variance.startsWith("CR2")
            ? "V = (X'X)^-1 [sum over clusters of X_g'A_g e_g e_g'A_g X_g] (X'X)^-1"
            : variance.startsWith("clustered")
              ? "V = (X'X)^-1 [sum over clusters of X_g'e_g e_g'X_g] (X'X)^-1 c"
              : "V = (X'X)^-1 [sum over rows of x_i e_i^2 x_i'] (X'X)^-1 c"
  return [
    `SE = sqrt(V), ${sandwich}, X and e with the effects taken off`,
    `${variance === "iid" ? "" : "c = "}${formula}`,
    ...(variance === "iid" || factor === 1
      ? [`${letters.join(", ")}`]
      : [`${letters.join(", ")}: c = ${significant(factor, 6)}, SE = ${short(bare, 5)} x sqrt(c) = ${short(std_error, 5)}`])
  ]
}

const HEAD = ["variance", "convention", "SE", "t", "df", "p", "G", "K", "factor"] as const

/**
 * A term's standard error as its model has it, with its formula and numbers, and under every convention beside; `rows` are those of one equation and term, the
 * chosen one first. At most `columns` wide as far as words can be broken.
 */
export const standardErrorsText = (rows: ReadonlyArray<StandardErrorRow>, columns: number, style: Style): string => {
  const own = rows.find(({ chosen }) => chosen) ?? rows[0]!
  const lines = [
    style("bold", `${own.equation}: ${own.term} ${short(own.estimate, 6)}, standard error ${short(own.std_error, 6)}`),
    `${own.variance}, convention ${own.small_sample}: t${own.df === null ? "" : `(${significant(own.df, 5)})`} = ${short(own.statistic)}, p = ${short(own.p_value, 3)}, interval ${short(own.conf_low)} to ${short(own.conf_high)}`,
    ...derivation(own),
    "",
    "The same regression under every convention in use (* is the model's own):"
  ]
  const cells = rows.map((row) => [
    `${row.chosen ? "*" : " "} ${row.variance}`,
    row.small_sample,
    short(row.std_error, 5),
    short(row.statistic),
    short(row.df, 5),
    short(row.p_value, 3),
    whole(row.clusters),
    whole(row.parameters),
    short(row.factor, 5)
  ])
  const widths = HEAD.map((name, c) => Math.max(width(name) + (c === 0 ? 2 : 0), ...cells.map((row) => width(row[c]!))))
  const line = (row: ReadonlyArray<string>): string =>
    row
      .map((cell, c) => pad(cell, widths[c]!, c < 2 ? "left" : "right"))
      .join("  ")
      .trimEnd()
  lines.push(style("dim", line(HEAD.map((name, c) => (c === 0 ? `  ${name}` : name)))))
  for (const [r, row] of rows.entries()) {
    lines.push(line(cells[r]!))
    for (const text of [row.software, row.note].filter((part) => part !== ""))
      for (const part of wrap(text, columns - 4)) lines.push(style("dim", `    ${part}`))
  }
  return `${lines.join("\n")}\n`
}
