import { Effect } from "effect"
import type { estimatesQuestions } from "../../messages/estimates.ts"
import type { AnswersTo } from "../answer.ts"
import { curveOf } from "../estimates/curve.ts"
import { modelOf } from "../estimates/model.ts"
import { modelHeads } from "../estimates/model-heads.ts"
import { estimatesOfTerms } from "../estimates/of-terms.ts"
import { outlineOf } from "../estimates/outline.ts"
import { printedTableOf } from "../estimates/printed-table.ts"
import { standardErrorsOf } from "../estimates/standard-errors.ts"
import { tableCellOf } from "../estimates/table-cell.ts"
import { studyToday } from "../today/study-today.ts"

export const estimatesAnswers: AnswersTo<typeof estimatesQuestions> = {
  "estimates-outline": ({ study }) => Effect.flatMap(studyToday(study), outlineOf),
  "estimates-models": ({ study }) => Effect.flatMap(studyToday(study), modelHeads),
  "estimates-table": ({ node, study }) => Effect.flatMap(studyToday(study), (today) => printedTableOf(today, node)),
  "estimates-cell": ({ column, node, row, study }) => Effect.flatMap(studyToday(study), (today) => tableCellOf(today, node, row, column)),
  "estimates-model": ({ node, study }) => Effect.flatMap(studyToday(study), (today) => modelOf(today, node)),
  "estimates-standard-errors": ({ node, study, term }) => Effect.flatMap(studyToday(study), (today) => standardErrorsOf(today, node, term)),
  "estimates-of-terms": ({ nodes, study, terms }) => Effect.flatMap(studyToday(study), (today) => estimatesOfTerms(today, terms, nodes)),
  "estimates-curve": ({ node, study }) => Effect.flatMap(studyToday(study), (today) => curveOf(today, node))
}
