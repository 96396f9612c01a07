import { readFileSync } from "node:fs"
import { dirname, relative, resolve } from "node:path"
import { audit } from "../audit/audit.ts"
import { type AuditFault, faultIn } from "../audit/faults.ts"
import type { Find } from "../audit/find.ts"
import type { Paper } from "../audit/paper.ts"
import { readDeclared, readPaper } from "../audit/read-paper.ts"

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "this is a folder; name the audit file in it",
  EACCES: "it may not be read; change its permissions"
}

/** A text file, or the fault of it. */
const textOf = (file: string): string | AuditFault => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ""
    return faultIn(
      file,
      "",
      "unreadable",
      code === "ERR_ENCODING_INVALID_ENCODED_DATA" ? "not UTF-8; save it as UTF-8" : (REASONS[code] ?? (error as Error).message)
    )
  }
}

const isFaults = (value: object): value is ReadonlyArray<AuditFault> => Array.isArray(value)

/** A paper from its audit file; the files of printed numbers are named from where that stands. */
const open = (file: string): Paper | ReadonlyArray<AuditFault> => {
  const text = textOf(file)
  if (typeof text !== "string") return [text]
  const declared = readDeclared(file, text)
  if (isFaults(declared)) return declared
  const files = declared.cells.map((name) => relative("", resolve(dirname(file), name)))
  const texts = files.map(textOf)
  const faults = texts.filter((one) => typeof one !== "string")
  return faults.length > 0
    ? faults
    : readPaper(
        file,
        declared,
        files.map((name, i) => ({ file: name, text: texts[i] as string }))
      )
}

interface Audited {
  readonly file: string
  readonly paper: Paper
  readonly finds: ReadonlyArray<Find>
}

/** The audits of some audit files, or all that is wrong with any of them. */
export const auditFiles = (files: ReadonlyArray<string>): { readonly audits: ReadonlyArray<Audited>; readonly faults: ReadonlyArray<AuditFault> } => {
  const opened = files.map((file) => ({ file, paper: open(file) }))
  return {
    faults: opened.flatMap(({ paper }) => (isFaults(paper) ? paper : [])),
    audits: opened.flatMap(({ file, paper }) => (isFaults(paper) ? [] : [{ file, paper, finds: audit(paper) }]))
  }
}
