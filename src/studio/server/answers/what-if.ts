import type { whatIfQuestions } from "../../messages/what-if.ts"
import type { AnswersTo } from "../answer.ts"

export const whatIfAnswers: AnswersTo<typeof whatIfQuestions> = {}
