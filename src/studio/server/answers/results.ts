import type { resultsQuestions } from "../../messages/results.ts"
import type { AnswersTo } from "../answer.ts"

export const resultsAnswers: AnswersTo<typeof resultsQuestions> = {}
