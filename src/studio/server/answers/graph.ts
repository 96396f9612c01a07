import type { graphQuestions } from "../../messages/graph.ts"
import type { AnswersTo } from "../answer.ts"

export const graphAnswers: AnswersTo<typeof graphQuestions> = {}
