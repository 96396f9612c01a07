import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { CliFailure } from "../workspace/failure.ts"
import { styleFor } from "../workspace/style.ts"
import { auditText, verdictCounts } from "./audit-text.ts"
import { printDocument } from "./document.ts"

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
      // What reads CSV and YAML is loaded by this command alone.
      const { auditFiles } = yield* Effect.promise(() => import("./audit-files.ts"))
      const { audits, faults } = auditFiles(file)
      if (faults.length > 0) return yield* new CliFailure({ exitCode: 2, errors: faults })
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
