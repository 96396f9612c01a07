import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { readArrow } from "../artifact/read.ts"
import { didYouMean } from "../dag/near-matches.ts"
import type { Installation } from "../engine/study.ts"
import { type StandardErrorRow, standardErrorsText } from "../render/artifact/standard-errors.ts"
import { tableDocument } from "../render/artifact/table-document.ts"
import { usage } from "../workspace/failure.ts"
import { findNode, referenceTo } from "../workspace/node-reference.ts"
import { styleFor } from "../workspace/style.ts"
import { openWorkspace, sharedFlags } from "../workspace/workspace.ts"
import { ageOf, findArtifact, runFlag } from "./artifact.ts"
import { printDocument } from "./document.ts"

/** The table type whose artifacts say a model's standard errors under every convention. */
const TYPE = "StandardErrors"

const rowsOf = (data: Readonly<Record<string, ReadonlyArray<unknown>>>): ReadonlyArray<StandardErrorRow> =>
  (data["term"] ?? []).map((_, row) => Object.fromEntries(Object.entries(data).map(([name, column]) => [name, column[row]])) as unknown as StandardErrorRow)

/** `sediment explain-se NODE TERM`: a standard error's formula with its numbers, and the same model under every named convention. */
export const explainSe = (installation: Installation) =>
  Command.make(
    "explain-se",
    {
      ...sharedFlags,
      run: runFlag,
      node: Argument.String("node").pipe(Argument.withDescription("[study:]node of a regression")),
      term: Argument.String("term").pipe(Argument.withDescription("the regressor, as the model's results name it"))
    },
    Effect.fn(function* (flags) {
      const workspace = yield* openWorkspace(flags, installation)
      const { node, study } = yield* findNode(workspace.studies, flags.node)
      const output = Object.entries(node.outputs).find(([, type]) => type === TYPE)?.[0]
      if (output === undefined) {
        const models = study.graph.nodes.filter(({ outputs }) => Object.values(outputs).includes(TYPE)).map(({ name }) => name)
        return yield* usage(
          "no-standard-errors",
          `${node.name} (stage ${node.stage}) keeps no standard errors under other conventions; nodes that do: ${models.slice(0, 12).join(", ")}${models.length > 12 ? ", …" : models.length === 0 ? "none in this study" : ""}`,
          { argument: flags.node }
        )
      }
      const found = yield* findArtifact(workspace, `${referenceTo(workspace.studies, study.graph.study, node.name)}.${output}`, flags.run)
      const all = rowsOf(tableDocument(readArrow(found.bytes)).data)
      const rows = all.filter(({ term }) => term === flags.term)
      if (rows.length === 0) {
        const terms = [...new Set(all.map(({ term }) => term))]
        return yield* usage("unknown-term", `${node.name} has no term "${flags.term}"; ${didYouMean(flags.term, terms)}its terms are: ${terms.join(", ")}`, {
          argument: flags.term
        })
      }
      if (found.stale !== undefined) process.stderr.write(`sediment: ${node.name} is not up to date: ${found.stale}; this is its artifact of before\n`)
      const { artifact, past, stale } = found
      if (flags.json)
        return printDocument({
          study: found.study,
          node: node.name,
          output,
          artifact,
          stale: stale !== undefined,
          ...past,
          term: flags.term,
          standardErrors: rows
        })
      const style = styleFor(process.stdout)
      if (past !== undefined) process.stdout.write(`${ageOf(found)}\n\n`)
      const equations = [...new Set(rows.map(({ equation }) => equation))]
      process.stdout.write(
        equations
          .map((equation) =>
            standardErrorsText(
              rows.filter((row) => row.equation === equation),
              process.stdout.columns || 120,
              style
            )
          )
          .join("\n")
      )
    })
  ).pipe(Command.withDescription("a standard error's formula with its numbers, and the same regression under every convention: why is it not Stata's, or R's?"))
