import { readFileSync } from "node:fs"
import { dirname, relative, resolve } from "node:path"
import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { audit as auditOf } from "../audit/audit.ts"
import { type AuditFault, faultIn } from "../audit/faults.ts"
import type { Paper } from "../audit/paper.ts"
import { readDeclared, readPaper } from "../audit/read-paper.ts"
import { auditText, verdictCounts } from "./audit-text.ts"
import { printDocument } from "./document.ts"
import { CliFailure } from "./failure.ts"
import { styleFor } from "./style.ts"

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

/** `sediment audit FILE…`: what the printed numbers of a paper say about themselves. */
export const audit = () =>
  Command.make(
    "audit",
    {
      file: Argument.String("file").pipe(Argument.withDescription("an audit file (YAML or JSON): docs/audit.md has the format"), Argument.variadic({ min: 1 })),
      json: Flag.Boolean("json").pipe(Flag.withDescription("one JSON document on stdout, and nothing else there"), Flag.withDefault(false)),
      all: Flag.Boolean("all").pipe(Flag.withDescription("the arithmetic of what holds, too"), Flag.withDefault(false))
    },
    Effect.fn(function* ({ all, file, json }) {
      const opened = file.map((one) => ({ file: one, paper: open(one) }))
      const faults = opened.flatMap(({ paper }) => (isFaults(paper) ? paper : []))
      if (faults.length > 0) return yield* new CliFailure({ exitCode: 2, errors: faults })
      const audits = opened.map(({ file, paper }) => ({ file, paper: paper as Paper, finds: auditOf(paper as Paper) }))
      const ok = audits.every(({ finds }) => verdictCounts(finds).contradiction === 0)
      if (json)
        printDocument({
          ok,
          papers: audits.map(({ file, finds, paper }) => ({
            file,
            paper: paper.declared.paper,
            source: paper.declared.source,
            counts: verdictCounts(finds),
            finds
          }))
        })
      else {
        const columns = Math.max(30, process.stdout.columns || 120)
        process.stdout.write(audits.map(({ finds, paper }) => auditText(paper, finds, columns, styleFor(process.stdout), all)).join("\n"))
      }
      if (!ok) return yield* new CliFailure({ exitCode: 1, errors: [] })
    })
  ).pipe(Command.withDescription("check the printed numbers of a paper against each other, without its data; exit code 1 where some contradict each other"))
