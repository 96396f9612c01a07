import type { Answer } from "../../messages/questions.ts"

export type Outline = Answer<"estimates-outline">
