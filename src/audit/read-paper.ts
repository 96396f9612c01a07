import { parseDataFile } from "../dag/data-file.ts"
import { decode } from "../dag/decode.ts"
import { readCells } from "./cells.ts"
import { distributionNamed } from "./checks/tests.ts"
import { Declared, needsOf } from "./declared.ts"
import { evaluate } from "./expression.ts"
import { type AuditFault, faultAt, faultIn } from "./faults.ts"
import { columnId, type Paper, paperOf } from "./paper.ts"
import { findCell } from "./reference.ts"

/** What an audit file declares, or all that is wrong with it. */
export const readDeclared = (file: string, text: string): Declared | ReadonlyArray<AuditFault> => {
  let value: unknown
  try {
    value = parseDataFile(file, text)
  } catch (error) {
    return [faultIn(file, "", "syntax", `${(error as Error).message.trim()}`)]
  }
  const decoded = decode(Declared, value)
  return decoded.faults.length > 0 ? decoded.faults.map(({ message, path }) => faultIn(file, path, "declaration", message)) : decoded.value!
}

/** References, formulas and distributions that lead nowhere. */
const faultsOf = (file: string, { cells, columns, declared }: Paper): ReadonlyArray<AuditFault> => {
  const faults: Array<AuditFault> = []
  const say = (path: string, why: unknown) => {
    if (typeof why === "string") faults.push(faultIn(file, path, "reference", why))
  }
  const cell = (path: string, reference: string) => say(path, findCell(cells, reference))
  const column = (path: string, id: string) => {
    if (!columns.some((one) => one.id === id)) say(path, `there is no column "${id}" of estimates; they are ${columns.map((one) => one.id).join(", ")}`)
  }
  declared.models.forEach(({ columns: patterns }, i) => {
    patterns.forEach((pattern, j) => {
      const some = pattern === "*" || cells.some((one) => columnId(one) === pattern || (pattern.endsWith(".*") && one.table === pattern.slice(0, -2)))
      if (!some) say(`models[${i}].columns[${j}]`, `"${pattern}" is no column of the printed numbers; write 4.1, 4.* or *`)
    })
  })
  const { levels } = declared
  if (levels.length < 1 || levels.length > 3 || levels.some((level, i) => !(level > 0 && level < 1) || (i > 0 && level >= levels[i - 1]!)))
    say(
      "levels",
      `levels are those of *, ** and *** (or the first of them), each below the one before, as in [0.1, 0.05, 0.01]; found ${JSON.stringify(levels)}`
    )
  for (const { file: from, row, stars } of cells)
    if (stars > levels.length)
      faults.push(
        faultAt(
          from,
          row,
          "stars",
          "stars",
          `${stars} stars, and the audit file has ${levels.length === 1 ? "one level" : `${levels.length} levels`}; add theirs`
        )
      )
  declared.values.forEach(({ is, name }, i) => {
    say(`values[${i}].is`, evaluate(is, cells))
    if (typeof findCell(cells, name) !== "string") say(`values[${i}].name`, `"${name}" is a printed number already; give another name`)
    if (declared.values.findIndex((one) => one.name === name) < i) say(`values[${i}].name`, `two values are named "${name}"`)
  })
  declared.relations.forEach(({ left, right }, i) => {
    say(`relations[${i}].left`, evaluate(left, cells, declared.values))
    say(`relations[${i}].right`, evaluate(right, cells, declared.values))
  })
  declared.tests.forEach(({ against, cell: reference }, i) => {
    cell(`tests[${i}].cell`, reference)
    against.forEach((name, j) => {
      if (distributionNamed(name) === undefined) say(`tests[${i}].against[${j}]`, `"${name}" is no distribution; write chi2(1), F(1, 30), t(30) or normal`)
    })
    if (against.length === 0) say(`tests[${i}].against`, "name a distribution, such as chi2(1)")
  })
  declared.effects.forEach((effects, i) => {
    for (const name of ["main", "lagged", "direct", "indirect", "total"] as const) column(`effects[${i}].${name}`, effects[name])
    cell(`effects[${i}].rho`, effects.rho)
  })
  declared.minima.forEach(({ cell: reference }, i) => {
    cell(`minima[${i}].cell`, reference)
  })
  declared.claims.forEach((claim, i) => {
    if (claim.needs.length === 0) say(`claims[${i}].needs`, "say what the claim needs of the printed numbers, such as { cell: 4.1 x, sign: positive }")
    needsOf(claim).forEach((need, j) => {
      const path = `claims[${i}].needs[${j}]`
      if ("cell" in need) cell(`${path}.cell`, need.cell)
      if ("larger" in need) {
        cell(`${path}.larger`, need.larger)
        cell(`${path}.smaller`, need.smaller)
      }
      if ("heading" in need && !cells.some((one) => columnId(one) === need.column)) say(`${path}.column`, `there is no column "${need.column}"`)
      if ("overidentified" in need) {
        column(`${path}.overidentified`, need.overidentified)
        const model = columns.find(({ id }) => id === need.overidentified)?.model
        if (model !== undefined && (model.instruments === undefined || model.endogenous === undefined))
          say(`${path}.overidentified`, `say under models how many instruments and endogenous regressors column ${need.overidentified} has`)
      }
    })
  })
  return faults
}

/** A paper of what is declared and the texts of its CSV files, or all that is wrong with them. */
export const readPaper = (
  file: string,
  declared: Declared,
  texts: ReadonlyArray<{ readonly file: string; readonly text: string }>
): Paper | ReadonlyArray<AuditFault> => {
  const faults: Array<AuditFault> = []
  const cells = texts.flatMap((one) => readCells(one.file, one.text, faults))
  const places = new Map<string, string>()
  for (const { column, file: from, kind, printed, row, table, term } of cells) {
    if (printed === "" || kind === "rank") continue
    const key = `${table}.${column} ${term} ${kind}`
    const before = places.get(key)
    if (before !== undefined && before !== from) faults.push(faultIn(from, "", "twice", `row ${row}: ${key} stands in ${before} already`))
    places.set(key, from)
  }
  if (faults.length === 0 && cells.length === 0)
    faults.push(faultIn(file, "cells", "nothing", "there is no printed number in these files; name those that have the paper's, such as [table-04.csv]"))
  if (faults.length > 0) return faults
  const paper = paperOf(declared, cells)
  const wrong = faultsOf(file, paper)
  return wrong.length > 0 ? wrong : paper
}
