import type { estimatesQuestions } from "../../messages/estimates.ts"
import type { AnswersTo } from "../answer.ts"

export const estimatesAnswers: AnswersTo<typeof estimatesQuestions> = {}
