import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { audit } from "../../src/audit/audit.ts"
import type { Declared } from "../../src/audit/declared.ts"
import type { AuditFault } from "../../src/audit/faults.ts"
import type { Find } from "../../src/audit/find.ts"
import type { Paper } from "../../src/audit/paper.ts"
import { readDeclared, readPaper } from "../../src/audit/read-paper.ts"

/** The finds of an audit file of this repository. */
export const auditOfFile = (file: string): ReadonlyArray<Find> => {
  const declared = readDeclared(file, readFileSync(file, "utf8")) as Declared
  if (Array.isArray(declared)) throw new Error(JSON.stringify(declared))
  const texts = declared.cells.map((name) => ({ file: name, text: readFileSync(join(dirname(file), name), "utf8") }))
  const paper = readPaper(file, declared, texts)
  if (Array.isArray(paper)) throw new Error(JSON.stringify(paper))
  return audit(paper as Paper)
}

/** Rows of printed numbers: `column term kind value stars`, in Table 1. */
export const csvOf = (rows: ReadonlyArray<readonly [string, string, string, string, string?]>, heading = "y"): string =>
  [
    "table,column,column_label,term,kind,value,stars,text",
    ...rows.map(([column, term, kind, value, stars = ""]) => `1,${column},${heading},${term},${kind},${value},${stars},`)
  ].join("\n")

/** The finds of printed numbers, with what is declared beside `paper` and `cells` as YAML. */
export const auditOf = (csv: string, declared = ""): ReadonlyArray<Find> => {
  const paper = paperOrFaults(csv, declared)
  if (Array.isArray(paper)) throw new Error(JSON.stringify(paper))
  return audit(paper as Paper)
}

export const paperOrFaults = (csv: string, declared = ""): Paper | ReadonlyArray<AuditFault> => {
  const decoded = readDeclared("audit.yaml", `paper: A paper\ncells: [table.csv]\n${declared}`)
  return Array.isArray(decoded) ? (decoded as ReadonlyArray<AuditFault>) : readPaper("audit.yaml", decoded as Declared, [{ file: "table.csv", text: csv }])
}

export const against = (finds: ReadonlyArray<Find>): ReadonlyArray<Find> => finds.filter(({ verdict }) => verdict !== "holds")
