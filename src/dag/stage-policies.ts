import { Duration, Option, Schedule } from "effect"
import type { AnyStage, StagePolicies } from "./stage.ts"

export const POLICIES: ReadonlySet<string> = new Set<keyof StagePolicies | "optional">(["retry", "timeout", "concurrency", "optional"])

/** What is wrong with how a stage is to be run. */
export const policyFaults = ({ concurrency, name, retry, timeout }: AnyStage): ReadonlyArray<string> => {
  const wrong: Array<string> = []
  const told = (policy: string, expected: string, found: unknown) =>
    wrong.push(
      `stage ${name}: its ${policy} is ${expected}; found ${typeof found === "object" || typeof found === "function" ? `a ${typeof found}` : String(found)}`
    )
  if (retry !== undefined && !Schedule.isSchedule(retry)) told("retry", "a Schedule of Effect's, such as Schedule.recurs(2)", retry)
  if (timeout !== undefined) {
    const limit = Option.getOrUndefined(Duration.fromInput(timeout))
    if (limit === undefined || !Duration.isGreaterThan(limit, Duration.zero)) told("timeout", 'a duration above zero, such as "5 minutes"', timeout)
  }
  if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency >= 1)) told("concurrency", "a whole number of tasks, 1 or more", concurrency)
  return wrong
}
