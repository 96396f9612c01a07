/** What is asked about time: runs as strata, how two of them differ, and the way of a cell back to its file. */
import { lineageQuestions } from "./time/lineage.ts"
import { runDiffQuestions } from "./time/run-diff.ts"
import { strataQuestions } from "./time/strata.ts"

export const timeQuestions = { ...strataQuestions, ...runDiffQuestions, ...lineageQuestions }
