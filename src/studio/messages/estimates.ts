import { curveQuestions } from "./estimates/curve.ts"
import { modelQuestions } from "./estimates/models.ts"
import { outlineQuestions } from "./estimates/outline.ts"
import { tableQuestions } from "./estimates/table.ts"

export const estimatesQuestions = { ...outlineQuestions, ...tableQuestions, ...modelQuestions, ...curveQuestions }
