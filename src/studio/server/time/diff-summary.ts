import { Effect } from "effect"
import { isCompanion } from "../../../artifact/column.ts"
import type { Edit } from "../../../engine/chain.ts"
import type { OutputDiff } from "../../../engine/diff/compare-outputs.ts"
import type { NodeDiff, StudyDiff } from "../../../engine/diff/diff-runs.ts"
import { editSentence } from "../../../engine/diff/edit-sentence.ts"
import { namesTogether } from "../../../engine/names-together.ts"
import { inBrief, sentence } from "../../../engine/sentences.ts"
import { count } from "../../../engine/wording.ts"
import { RunHistory } from "../../../store/runs.ts"
import { cellsInWords } from "../../../workspace/difference-words.ts"
import type { PathEdit, RunDiff } from "../../messages/time/run-diff.ts"
import { cellsOfFile } from "./cells-of-file.ts"
import { type Asked, compared, sideAnswer } from "./compared.ts"

/** An edit in words, with which nodes it touches. */
export const editAnswer = (edit: Edit, { nodes }: StudyDiff) =>
  Effect.gen(function* () {
    const of = new Set(edit.nodes)
    const cells = yield* cellsOfFile(
      edit,
      nodes.filter(({ node }) => of.has(node))
    )
    const answer: PathEdit = {
      kind: edit.edit,
      text: editSentence(edit),
      ...(cells === undefined ? {} : { cells }),
      touches: namesTogether(edit.nodes, false)
    }
    return answer
  })

/** What differs of an output, a part of the sentence each. */
const outputInWords = ({ after, before, cells, columns, estimates, rows, unread }: OutputDiff): ReadonlyArray<string> => {
  if (before === null) return ["an output that it did not have"]
  if (after === null) return ["an output that it no longer has"]
  if (unread.length > 0) return [`cannot be compared: ${unread.join("; ")}`]
  const bare = cells.filter(({ column }) => !isCompanion(column))
  const own = bare.length > 0 ? bare : cells
  return [
    ...(rows !== null && rows.added.length > 0 ? [count(rows.added.length, "row") + " more"] : []),
    ...(rows !== null && rows.removed.length > 0 ? [count(rows.removed.length, "row") + " fewer"] : []),
    ...(columns !== null && columns.added.length > 0 ? [count(columns.added.length, "new column")] : []),
    ...(columns !== null && columns.removed.length > 0 ? [count(columns.removed.length, "column") + " fewer"] : []),
    ...(estimates !== null && estimates.length > 0 ? [`${count(estimates.length, "estimate")} ${estimates.length === 1 ? "differs" : "differ"}`] : []),
    ...(estimates === null && own[0] !== undefined ? [cellsInWords(own[0], "→"), ...(own.length > 1 ? [count(own.length - 1, "more column")] : [])] : [])
  ]
}

/** What differs of a node, in a line. */
export const differs = ({ blockedBy, change, faults, outputs, why }: NodeDiff): string => {
  switch (change) {
    case "failed":
      return faults.map(({ message }) => message).join("; ")
    case "blocked":
      return `${namesTogether(blockedBy, false)} failed`
    case "changed": {
      const told = outputs.flatMap((one) =>
        outputInWords(one).map((words) => (outputs.length === 1 || one.output === "output" ? words : `${one.output}: ${words}`))
      )
      return told.length === 0 ? "its notes, or the order of its rows or columns" : told.join("; ")
    }
    case "same":
      return inBrief(why)
    case "added":
      return why.every(({ reason }) => reason === "new") ? "a new node" : why.map((reason) => sentence(reason, 3)).join("; ")
    case "removed":
      return "the study no longer has it"
    case "skipped":
      return "a program that it needs is not there"
    case "recovered":
      return "it had failed, or was blocked or skipped"
    case "reached":
      return "the earlier run had not come to it"
  }
}

/** How two runs differ, without the tables of each node. */
export const diffSummary = (asked: Asked): Effect.Effect<RunDiff, Effect.Error<ReturnType<typeof compared>>, Effect.Services<ReturnType<typeof compared>>> =>
  Effect.gen(function* () {
    const tags = (yield* RunHistory).tags()
    const { diff, passedOver } = yield* compared(asked)
    const { after, before, edits, nodes, study } = diff
    const changes = nodes.flatMap(({ outputs }) => outputs.flatMap(({ estimates }) => estimates ?? []))
    const counted = (test: (one: (typeof changes)[number]) => boolean) => changes.filter(test).length
    return {
      from: sideAnswer({ study, ...before }, study, tags),
      to: sideAnswer({ study, ...after }, study, tags),
      edits: yield* Effect.forEach(edits, (edit, i) =>
        Effect.map(editAnswer(edit, diff), (answer) => ({ ...answer, disturbs: nodes.filter((node) => node.edits.includes(i)).length }))
      ),
      nodes: nodes.map((node) => ({ node: node.node, stage: node.stage, change: node.change, edits: node.edits, differs: differs(node) })),
      estimates: {
        differ: changes.length,
        flipped: counted((one) => one.signFlipped),
        lost: counted((one) => (one.starsGained ?? 0) < 0),
        gained: counted((one) => (one.starsGained ?? 0) > 0),
        came: counted((one) => one.before === null),
        went: counted((one) => one.after === null)
      },
      passedOver: passedOver.map((run) => sideAnswer({ run, study }, study, tags))
    }
  })
