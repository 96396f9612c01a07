import { bracketsCheck } from "./checks/brackets.ts"
import { claimsCheck } from "./checks/claims.ts"
import { effectsCheck } from "./checks/effects.ts"
import { explainedCheck } from "./checks/explained.ts"
import { observationsCheck } from "./checks/observations.ts"
import { proportionalCheck } from "./checks/proportional.ts"
import { relationsCheck } from "./checks/relations.ts"
import { starsCheck } from "./checks/stars.ts"
import { summaryCheck } from "./checks/summary.ts"
import { tRatiosCheck } from "./checks/t-ratios.ts"
import { testsCheck } from "./checks/tests.ts"
import { weightsCheck } from "./checks/weights.ts"
import type { Find } from "./find.ts"
import type { Paper } from "./paper.ts"

const checks = [
  starsCheck,
  tRatiosCheck,
  proportionalCheck,
  bracketsCheck,
  relationsCheck,
  weightsCheck,
  observationsCheck,
  testsCheck,
  effectsCheck,
  summaryCheck,
  explainedCheck,
  claimsCheck
]

const ORDER = { contradiction: 0, doubt: 1, holds: 2 } as const

/** All that can be checked of a paper's printed numbers without its data: contradictions first, then doubts, then what holds. */
export const audit = (paper: Paper): ReadonlyArray<Find> => checks.flatMap((check) => check(paper)).sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict])
