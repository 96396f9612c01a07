import { outlineQuestions } from "./estimates/outline.ts"
import { tableQuestions } from "./estimates/table.ts"

export const estimatesQuestions = { ...outlineQuestions, ...tableQuestions }
