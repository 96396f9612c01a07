import type { artifactQuestions } from "../../messages/artifact.ts"
import type { AnswersTo } from "../answer.ts"

export const artifactAnswers: AnswersTo<typeof artifactQuestions> = {}
