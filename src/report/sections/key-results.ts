import type { StoredTable } from "../../artifact/column.ts"
import { significant, stars } from "../../render/numbers.ts"
import { numbersOf, textsOf } from "../../render/stored.ts"
import { type Block, folded, grid, onLines, paragraph, type Section, type Text } from "../document.ts"
import type { NodeFacts, StudyFacts } from "../facts.ts"

/** What a term is made of: `W*coagglo`, `coagglo*mi` and `L.coagglo` are of `coagglo`. */
const variablesIn = (term: string): ReadonlyArray<string> => term.split(/[*:|\s]|\bL\d*\./).filter((part) => part !== "" && part !== "W")

/** Constants and variances: part of every model, and no result of any. */
const ASIDE = /^\((constant|intercept)\)$|^sigma2$/i

/** The variables that a model has as controls, by its parameters. */
const controlsOf = ({ params }: NodeFacts): ReadonlySet<string> => {
  const { controls } = params
  return new Set(Array.isArray(controls) ? controls.filter((one): one is string => typeof one === "string") : [])
}

interface Equation {
  readonly name: string
  readonly terms: ReadonlyArray<string>
}

/** The estimates of each equation that are of no control and no constant, in a line each. */
const equationsOf = (table: StoredTable, controls: ReadonlySet<string>): ReadonlyArray<Equation> => {
  const [equation, term] = [textsOf(table, "equation"), textsOf(table, "term")]
  const [estimate, error, p] = [numbersOf(table, "estimate"), numbersOf(table, "std_error"), numbersOf(table, "p_value")]
  const found = new Map<string, Array<string>>()
  for (let row = 0; row < table.rows; row++) {
    const [name, of] = [equation[row] ?? "", term[row] ?? ""]
    if (ASIDE.test(of) || variablesIn(of).some((variable) => controls.has(variable))) continue
    const brackets = Number.isFinite(error[row]) ? ` (${significant(error[row]!, 3)})` : ""
    found.set(name, [...(found.get(name) ?? []), `${of} ${significant(estimate[row]!, 3)}${stars(p[row]!)}${brackets}`])
  }
  return [...found].map(([name, terms]) => ({ name, terms }))
}

/** Observations of each equation. */
const glanceOf = (table: StoredTable | undefined): ReadonlyMap<string, string> => {
  if (table === undefined) return new Map()
  const [equation, nobs] = [textsOf(table, "equation"), numbersOf(table, "nobs")]
  return new Map(equation.map((name = "", row) => [name, String(nobs[row])] as const))
}

const tableOf = ({ tables }: StudyFacts, { artifacts, outputs }: NodeFacts, type: string): StoredTable | undefined => {
  const output = Object.keys(outputs).find((one) => outputs[one] === type)
  const table = output === undefined ? undefined : tables.get(artifacts[output] ?? "")
  return typeof table === "string" ? undefined : table
}

/** Of a map's nodes the key: the name before it stands above them. */
const shownName = (name: string): string => /\[(.*)\]$/s.exec(name)?.[1] ?? name

const rowsOf = (facts: StudyFacts, node: NodeFacts): ReadonlyArray<ReadonlyArray<Text>> => {
  const estimates = tableOf(facts, node, "Estimates")
  if (estimates === undefined) return []
  const glance = glanceOf(tableOf(facts, node, "Glance"))
  return equationsOf(estimates, controlsOf(node)).map(({ name, terms }) => [
    [{ strong: shownName(node.name) }, ` ${name}${node.standing === "fresh" ? "" : " †"}`],
    onLines(terms),
    glance.get(name) ?? ""
  ])
}

/** The coefficients of the models' regressors: what a reader asks first. Models of a map (samples, outcomes, weights) are folded away. */
export const keyResults = (facts: StudyFacts): Section => {
  const columns = ["Model and equation", "|Coefficients", ">N"]
  const main = facts.nodes.filter(({ name }) => !name.includes("["))
  const keyed = [
    ...Map.groupBy(
      facts.nodes.filter(({ name }) => name.includes("[")),
      ({ name }) => name.slice(0, name.indexOf("["))
    )
  ]
  const first = grid(
    "Coefficients of the models' regressors",
    columns,
    main.flatMap((node) => rowsOf(facts, node))
  )
  const rest = keyed.flatMap(([name, own]): ReadonlyArray<Block> => {
    const table = grid(
      `Coefficients of ${name}[…]`,
      columns,
      own.flatMap((node) => rowsOf(facts, node))
    )
    return table.length === 0 ? [] : [folded(`${name}[…], ${own.length} models`, ...table)]
  })
  if (first.length + rest.length === 0) return { id: "key-results", title: "Key results", blocks: [] }
  const due = facts.nodes.some((node) => node.standing !== "fresh" && rowsOf(facts, node).length > 0)
  const legend = paragraph(
    `Standard errors in brackets. * p < 0.10, ** p < 0.05, *** p < 0.01. Controls and constants are left out; the tables below have them. W* before a term: of the neighbours.${due ? " †: not up to date." : ""}`
  )
  return { id: "key-results", title: "Key results", blocks: [legend, ...first, ...rest] }
}
