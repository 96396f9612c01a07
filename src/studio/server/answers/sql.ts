import type { sqlQuestions } from "../../messages/sql.ts"
import type { AnswersTo } from "../answer.ts"

export const sqlAnswers: AnswersTo<typeof sqlQuestions> = {}
