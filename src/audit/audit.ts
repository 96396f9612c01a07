import { bracketsCheck } from "./checks/brackets.ts"
import { claimsCheck } from "./checks/claims.ts"
import { clustersCheck } from "./checks/clusters.ts"
import { effectsCheck } from "./checks/effects.ts"
import { explainedCheck } from "./checks/explained.ts"
import { notesCheck } from "./checks/notes.ts"
import { observationsCheck } from "./checks/observations.ts"
import { omittedCheck } from "./checks/omitted.ts"
import { proportionalCheck } from "./checks/proportional.ts"
import { relationsCheck } from "./checks/relations.ts"
import { signsCheck } from "./checks/signs.ts"
import { starsCheck } from "./checks/stars.ts"
import { summaryCheck } from "./checks/summary.ts"
import { tRatiosCheck } from "./checks/t-ratios.ts"
import { testsCheck } from "./checks/tests.ts"
import { weightsCheck } from "./checks/weights.ts"
import type { Find } from "./find.ts"
import type { Paper } from "./paper.ts"

/** In the order of what a find says of the results: standard errors and units, significance, sentences, then single numbers, variables and panels. */
const checks = [
  proportionalCheck,
  explainedCheck,
  starsCheck,
  testsCheck,
  claimsCheck,
  bracketsCheck,
  clustersCheck,
  tRatiosCheck,
  relationsCheck,
  omittedCheck,
  signsCheck,
  effectsCheck,
  summaryCheck,
  weightsCheck,
  observationsCheck,
  notesCheck
]

const ORDER = { contradiction: 0, doubt: 1, note: 2, holds: 3 } as const

/** All that can be checked of a paper's printed numbers without its data: contradictions first, then doubts, notes, and what holds. */
export const audit = (paper: Paper): ReadonlyArray<Find> => checks.flatMap((check) => check(paper)).sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict])
