import { Effect } from "effect"
import type { estimatesQuestions } from "../../messages/estimates.ts"
import type { AnswersTo } from "../answer.ts"
import { outlineOf } from "../estimates/outline.ts"
import { printedTableOf } from "../estimates/printed-table.ts"
import { tableCellOf } from "../estimates/table-cell.ts"
import { studyToday } from "../estimates/today.ts"

export const estimatesAnswers: AnswersTo<typeof estimatesQuestions> = {
  "estimates-outline": ({ study }) => Effect.flatMap(studyToday(study), outlineOf),
  "estimates-table": ({ node, study }) => Effect.flatMap(studyToday(study), (today) => printedTableOf(today, node)),
  "estimates-cell": ({ column, node, row, study }) => Effect.flatMap(studyToday(study), (today) => tableCellOf(today, node, row, column))
}
