import { artifactQuestions } from "./artifact.ts"
import { dryRunQuestions } from "./dry-run.ts"
import { estimatesQuestions } from "./estimates.ts"
import { graphQuestions } from "./graph.ts"
import type { Question } from "./question.ts"
import { resultsQuestions } from "./results.ts"
import { runsQuestions } from "./runs.ts"
import { sqlQuestions } from "./sql.ts"
import { studiesQuestions } from "./studies.ts"
import { timeQuestions } from "./time.ts"
import { whatIfQuestions } from "./what-if.ts"

/** Every question that there is, by its name: it is asked by `POST /ask/NAME`. */
export const questions = {
  ...studiesQuestions,
  ...graphQuestions,
  ...artifactQuestions,
  ...sqlQuestions,
  ...resultsQuestions,
  ...estimatesQuestions,
  ...timeQuestions,
  ...whatIfQuestions,
  ...dryRunQuestions,
  ...runsQuestions
}
export type Questions = typeof questions

/** What is said with a question of this name, and what is answered. */
export type Asks<Name extends keyof Questions> = Questions[Name]["asks"]["Type"]
export type Answer<Name extends keyof Questions> = Questions[Name]["answer"]["Type"]

/** The question of a name; undefined where there is none. */
export const questionNamed = (name: string): Question | undefined => (Object.hasOwn(questions, name) ? questions[name as keyof Questions] : undefined)
