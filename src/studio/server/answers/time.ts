import type { timeQuestions } from "../../messages/time.ts"
import type { AnswersTo } from "../answer.ts"

export const timeAnswers: AnswersTo<typeof timeQuestions> = {}
