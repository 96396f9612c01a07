import { didYouMean } from "@sediment/sediment"
import { variableNameIssue } from "../variable-name.ts"

type Path = ReadonlyArray<string | number>
interface Issue {
  readonly path: Path
  readonly issue: string
}
type Check = (operand: unknown, path: Path) => ReadonlyArray<Issue>

/** A list of two expressions, or of two and more. */
const list =
  (more: boolean): Check =>
  (operand, path) =>
    Array.isArray(operand) && (more ? operand.length >= 2 : operand.length === 2)
      ? operand.flatMap((part, i) => expressionIssues(part, [...path, i]))
      : [{ path, issue: `expected a list of two ${more ? "or more " : ""}expressions` }]

/** An expression and a number. */
const withNumber =
  (fits: (factor: number) => boolean, expected: string): Check =>
  (operand, path) => {
    if (!Array.isArray(operand) || operand.length !== 2) return [{ path, issue: `expected a list of an expression and ${expected}` }]
    const issues = expressionIssues(operand[0], [...path, 0])
    return fits(operand[1]) ? issues : [...issues, { path: [...path, 1], issue: `expected ${expected}` }]
  }

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value)

const deflation: Check = (operand, path) => {
  if (!isRecord(operand)) return [{ path, issue: "expected { value, index, base }, and indexIs if the index is not a level" }]
  const { base, index, indexIs, value, ...others } = operand
  return [
    ...expressionIssues(value, [...path, "value"]),
    ...expressionIssues(index, [...path, "index"]),
    ...(Number.isInteger(base) ? [] : [{ path: [...path, "base"], issue: "expected a year" }]),
    ...(["level", "previous-year", undefined].includes(indexIs as string | undefined)
      ? []
      : [{ path: [...path, "indexIs"], issue: 'expected "level" or "previous-year"' }]),
    ...Object.keys(others).map((key) => ({ path: [...path, key], issue: "there is no such setting of deflate: value, index, base, indexIs" }))
  ]
}

/** Each operation, and what it takes. */
const operands = (): Readonly<Record<string, Check>> => ({
  ln: expressionIssues,
  ln1p: expressionIssues,
  ratio: list(false),
  product: list(true),
  sum: list(true),
  difference: list(false),
  scale: withNumber(Number.isFinite, "a number"),
  lag: withNumber((years) => Number.isInteger(years) && years >= 1, "a whole number of years, 1 or more"),
  deflate: deflation
})

/** What is wrong with a value that should be an expression, at its path. Written out since a union of schemas would tell what is wrong with every member. */
export const expressionIssues: Check = (value, path) => {
  if (typeof value === "string") {
    const issue = variableNameIssue(value)
    return issue === undefined ? [] : [{ path, issue }]
  }
  const takes = operands()
  const known = Object.keys(takes).join(", ")
  if (!isRecord(value) || Object.keys(value).length !== 1) return [{ path, issue: `expected the name of a variable, or an object of one operation: ${known}` }]
  const [operation, operand] = Object.entries(value)[0]!
  const check = Object.hasOwn(takes, operation) ? takes[operation]! : undefined
  if (check === undefined)
    return [{ path: [...path, operation], issue: `there is no such operation; ${didYouMean(operation, Object.keys(takes))}there are: ${known}` }]
  return check(operand, [...path, operation])
}
