import { pad, width, wrap } from "../monospace.ts"
import { significant } from "../numbers.ts"

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

/** The estimator in letters, as its name in the artifact says; c is the small-sample factor. */
const sandwichOf = (variance: string): string => {
  const between = (meat: string): string => `V = (X'X)^-1 [${meat}] (X'X)^-1`
  const clustered = between("sum over clusters of X_g'e_g e_g'X_g")
  if (variance === "iid") return "V = s2 (X'X)^-1"
  if (variance.startsWith("Driscoll"))
    return `${between("sum over lags l from -L to L of w_l times the sum over t of h_t h_(t-l)'")} c, h_t = sum over i of x_it e_it`
  if (variance.startsWith("Conley")) return between("sum over pairs of rows of K(d_ij) x_i e_i e_j x_j'")
  if (variance.startsWith("CR2")) return between("sum over clusters of X_g'A_g e_g e_g'A_g X_g")
  if (variance.startsWith("HC2")) return between("sum over rows of x_i x_i' e_i^2/(1-h_i)")
  if (variance.startsWith("HC3")) return between("sum over rows of x_i x_i' e_i^2/(1-h_i)^2")
  if (variance.startsWith("HC1")) return `${between("sum over rows of x_i x_i' e_i^2")} c`
  return / and by /.test(variance) ? `V = V_1 + V_2 - V_12, by each factor and by both, each ${clustered.slice(4)} c` : `${clustered} c`
}

/** The formula of a standard error with its numbers: what it is multiplied by, and what it would be without. */
const derivation = ({ clusters, factor, formula, nobs, parameters, std_error, variance }: StandardErrorRow, instrumented: boolean): ReadonlyArray<string> => {
  if (std_error === null || factor === null) return []
  const groups = variance.startsWith("Driscoll") ? "T" : "G"
  const letters = [clusters === null ? "" : `${groups} = ${clusters}`, `n = ${nobs}`, parameters === null ? "" : `K = ${parameters}`].filter(
    (part) => part !== ""
  )
  const [, rest] = /^1(?:; (.*))?$/.exec(formula) ?? []
  const scaled = !formula.startsWith("1") && variance !== "iid"
  // With a factor of its own for each of three terms, that of the whole is no product.
  const asProduct = scaled && !formula.includes("each term with its own G")
  return [
    `SE = sqrt(V), ${sandwichOf(variance)}; X${instrumented ? " (its fit in the first stage)" : ""} and e with the effects taken off`,
    scaled ? `c = ${formula}` : variance === "iid" ? formula : ["no small-sample factor", ...(rest === undefined ? [] : [rest])].join("; "),
    `${letters.join(", ")}${asProduct ? `: c = ${significant(factor, 6)}, SE = ${short(std_error / Math.sqrt(factor), 5)} x sqrt(c) = ${short(std_error, 5)}` : ""}`
  ]
}

/** What stands under the derivation, and above the table. */
const beside = (rows: ReadonlyArray<StandardErrorRow>): string => {
  if (rows.length === 1) return "Conventions are listed beside it for models with absorbed effects; this one has its own alone:"
  return rows.some(({ software }) => software !== "")
    ? "The same regression under every convention in use (* is the model's own):"
    : "The same under every convention in use (* is the model's own); no command is named, since each has another constant, or none:"
}

const HEAD = ["variance", "convention", "SE", "t", "df", "p", "G", "K", "factor"] as const

/** How many columns, from the first, say which variance it is. */
const NAMED = 2

/** What a term's standard error is and how it came about, a sentence each; and what is to be said of the conventions beside it. `rows` as of `standardErrorsText`. */
export const conventionsInWords = (rows: ReadonlyArray<StandardErrorRow>): { readonly told: ReadonlyArray<string>; readonly beside: string } => {
  const own = rows.find(({ chosen }) => chosen) ?? rows[0]!
  return {
    told: [
      `${own.equation}: ${own.term} ${short(own.estimate, 6)}, standard error ${short(own.std_error, 6)}`,
      `${own.variance}, convention ${own.small_sample}: t${own.df === null ? "" : `(${significant(own.df, 5)})`} = ${short(own.statistic)}, p = ${short(own.p_value, 3)}, interval ${short(own.conf_low)} to ${short(own.conf_high)}`,
      ...derivation(
        own,
        // How commands write an instrumented regressor.
        rows.some(({ software }) => software.includes("(x = z)"))
      )
    ],
    beside: beside(rows)
  }
}

/**
 * A term's standard error as its model has it, with its formula and numbers, and under every convention beside; `rows` are those of one equation and term, the
 * chosen one first. At most `columns` wide as far as words can be broken: where the table is not, a row's variance and convention stand above its numbers.
 */
export const standardErrorsText = (rows: ReadonlyArray<StandardErrorRow>, columns: number, style: Style): string => {
  const wrapped = (text: string): ReadonlyArray<string> => wrap(text, columns)
  const { beside: above, told: sentences } = conventionsInWords(rows)
  const lines = [...sentences.flatMap((text, i) => wrapped(text).map((line) => (i === 0 ? style("bold", line) : line))), "", ...wrapped(above)]
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
  const table = widths.reduce((sum, w) => sum + w + 2, -2)
  const narrow = table > columns
  const line = (row: ReadonlyArray<string>, from: number): string =>
    row
      .slice(from)
      .map((cell, i) => pad(cell, widths[from + i]!, from + i < NAMED ? "left" : "right"))
      .join("  ")
      .trimEnd()
  const head = HEAD.map((name, c) => (c === 0 ? `  ${name}` : name))
  lines.push(style("dim", narrow ? `    ${line(head, NAMED)}` : line(head, 0)))
  const told = new Set<string>()
  for (const [r, row] of rows.entries()) {
    if (narrow) lines.push(...wrap(`${row.chosen ? "*" : "-"} ${row.variance}, ${row.small_sample}`, columns, 2), `    ${line(cells[r]!, NAMED)}`)
    else lines.push(line(cells[r]!, 0))
    // What is to be known of a variance is told where it first stands.
    for (const text of [row.software, told.has(row.note) ? "" : row.note].filter((part) => part !== ""))
      for (const part of wrap(text, columns - 4)) lines.push(style("dim", `    ${part}`))
    told.add(row.note)
  }
  return `${lines.join("\n")}\n`
}
