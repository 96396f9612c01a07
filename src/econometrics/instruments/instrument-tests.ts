import type { Test } from "../linear/inference.ts"
import { endogeneityTest } from "./endogeneity-test.ts"
import { conditionalTests, firstStageTests } from "./first-stage-tests.ts"
import { identificationTests } from "./identification-tests.ts"
import { instrumented } from "./instrumented.ts"
import { endogeneityC, overIdentification } from "./moment-tests.ts"
import type { TwoStageFit } from "./two-stage.ts"
import { weakRobustTests } from "./weak-robust-tests.ts"

/**
 * The tests of an instrumented equation with any number of endogenous regressors, all but Cragg and Donald's with the variance that the fit was asked for (HC2, HC3 and CR2:
 * the moments' variance without leverages). What is not defined says why in its note.
 */
export const instrumentTests = (fit: TwoStageFit): ReadonlyArray<Test> => {
  const equation = instrumented(fit)
  return [
    ...firstStageTests(fit, equation),
    ...conditionalTests(fit, equation),
    ...identificationTests(equation),
    ...weakRobustTests(fit, equation),
    endogeneityTest(fit, equation),
    endogeneityC(equation),
    overIdentification(equation)
  ]
}
