import type { Questions } from "../../messages/questions.ts"
import type { AnswersTo } from "../answer.ts"
import { artifactAnswers } from "./artifact.ts"
import { dryRunAnswers } from "./dry-run.ts"
import { estimatesAnswers } from "./estimates.ts"
import { graphAnswers } from "./graph.ts"
import { resultsAnswers } from "./results.ts"
import { sqlAnswers } from "./sql.ts"
import { studiesAnswers } from "./studies.ts"
import { timeAnswers } from "./time.ts"
import { whatIfAnswers } from "./what-if.ts"

/** What is asked of runs that go on is answered where they are followed: by the thread of the server. */
export const answers: AnswersTo<Omit<Questions, keyof typeof import("../../messages/runs.ts").runsQuestions>> = {
  ...studiesAnswers,
  ...graphAnswers,
  ...artifactAnswers,
  ...sqlAnswers,
  ...resultsAnswers,
  ...estimatesAnswers,
  ...timeAnswers,
  ...whatIfAnswers,
  ...dryRunAnswers
}
