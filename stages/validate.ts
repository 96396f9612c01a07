import { type Fault, Stage } from "@sediment/sediment"
import { Effect } from "effect"
import { failTogether } from "./fail-together.ts"
import { requireVariables, variablesOf } from "./panel-columns.ts"
import { rowGroups } from "./row-groups.ts"
import { Panel } from "./table-types.ts"
import { breakFindings, changeFindings, changesOf } from "./validate/changes.ts"
import { type CheckedVariable, checkedVariable } from "./validate/checked-variable.ts"
import { identityFindings, monotoneFindings, rangeFindings, variablesOfIdentity } from "./validate/declared.ts"
import { byGravity, type Finding, faultOf, findingsTable } from "./validate/finding.ts"
import { gapFindings, zeroFindings } from "./validate/gaps.ts"
import { outlierFindings } from "./validate/outliers.ts"
import { ValidateParams } from "./validate/params.ts"
import { qualityTable } from "./validate/quality.ts"
import { copiedYearFindings, copyFindings, runFindings } from "./validate/repeats.ts"
import { scaleFindings } from "./validate/scales.ts"
import { unitFindings } from "./validate/units.ts"
import { Findings, Quality } from "./validate/validation-types.ts"

/** All that is found of one variable by itself. */
const findingsOf = (variable: CheckedVariable, params: ValidateParams): ReadonlyArray<Finding> => {
  // What mostly stays (a policy, a count of a few) has no usual change, and no usual distance from its median.
  const moves = variable.repeats < 0.5
  const changes = moves ? changesOf(variable) : []
  const scales = params.scales ? scaleFindings(variable, changes) : []
  const zeros = zeroFindings(variable)
  const placed = new Set(scales.flatMap(({ entity, year }) => [`${year} ${entity}`]))
  // A factor of ten is a jump too, and so is the way back from it: told once.
  const explained = (entity: string, year: number): boolean => placed.has(`${year} ${entity}`) || placed.has(`${year} `) || placed.has(`${year - 1} ${entity}`)
  return [
    ...rangeFindings(variable, params.ranges),
    ...monotoneFindings(variable, params.monotone),
    ...(params.units ? unitFindings(variable) : []),
    ...scales,
    ...zeros,
    ...(params.changes === false
      ? []
      : [
          ...changeFindings(variable, changes, params.changes, explained),
          ...breakFindings(variable, changes, params.changes).filter(({ year }) => !placed.has(`${year} `))
        ]),
    ...(moves ? outlierFindings(variable, params.outliers, params.fences) : []),
    ...(params.runs === false ? [] : [...runFindings(variable, params.runs), ...copiedYearFindings(variable)])
  ]
}

/** How many further places a warning names. */
const PLACES = 5

/** Findings of one kind about one variable as one warning: the gravest, and where the others are. */
const together = (alike: ReadonlyArray<Finding>): Fault => {
  const [first, ...others] = alike
  const fault = faultOf(first!)
  if (others.length === 0) return fault
  const places = others.slice(0, PLACES).map(({ entity, year }) => [entity, year ?? ""].filter((part) => part !== "").join(" "))
  const more = `${others.length} more such${places.every((place) => place === "") ? "" : `: ${places.join(", ")}${others.length > PLACES ? ", …" : ""}`}`
  return { ...fault, message: `${fault.message} (and ${more})` }
}

/** What is told as warnings: errors and warnings, the gravest first, and how much more there is. */
const warningsOf = (findings: ReadonlyArray<Finding>, listed: number): ReadonlyArray<Fault> => {
  const groups = new Map<string, Array<Finding>>()
  for (const finding of findings) {
    if (finding.severity === "note") continue
    const key = `${finding.code} ${finding.variable}`
    const own = groups.get(key)
    if (own === undefined) groups.set(key, [finding])
    else own.push(finding)
  }
  const told = [...groups.values()]
  const untold = told.slice(listed).flat()
  const notes = findings.filter(({ severity }) => severity === "note")
  const counts = new Map<string, number>()
  for (const { code } of [...untold, ...notes]) counts.set(code, (counts.get(code) ?? 0) + 1)
  const rest = [
    ...(untold.length > 0 ? [`${untold.length} more ${untold.length === 1 ? "finding" : "findings"}`] : []),
    ...(notes.length > 0 ? [`${notes.length} ${notes.length === 1 ? "note" : "notes"}`] : [])
  ]
  const counted = [...counts].map(([code, count]) => `${code} ${count}`).join(", ")
  return [
    ...told.slice(0, listed).map(together),
    ...(rest.length === 0 ? [] : [{ code: "more-findings", message: `${rest.join(" and ")} (${counted}): all are in the output "findings"` }])
  ]
}

/**
 * Looks at a panel and changes nothing: declared ranges, identities and cumulative counts; yearly changes, factors of ten, outliers, runs and copies; units and gaps. `findings` has each with its place, `quality` a row a variable. It stands beside
 * the panel, so that what rests on the panel does not rest on it.
 */
export const validate = Stage.make("validate", {
  inputs: { panel: Panel },
  params: ValidateParams,
  output: { findings: Findings, quality: Quality },
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const { copies, fail, identities, listed, monotone, ranges, variables } = params
      if (variables !== "all") yield* requireVariables(panel, variables, "variables")
      for (const [k, range] of ranges.entries()) yield* requireVariables(panel, range.variables, `ranges[${k}].variables`)
      for (const [k, rule] of monotone.entries()) yield* requireVariables(panel, rule.variables, `monotone[${k}].variables`)
      for (const [k, identity] of identities.entries()) yield* requireVariables(panel, variablesOfIdentity(identity), `identities[${k}]`)
      const entity = panel.column("entity").values
      const year = panel.column("year").values
      const groups = rowGroups("by-entity", entity, year)
      const names = variablesOf(panel).filter((name) => variables === "all" || variables.includes(name))
      const measured = names.map((name) => {
        const { description, filled, unit, values } = panel.column(name)
        return { name, unit, description, filled, values }
      })
      const checked = measured.map((one) => checkedVariable(one.name, one, year, groups))
      const findings = [
        ...identities.flatMap((identity) => identityFindings(identity, (name) => panel.column(name).values, entity, year)),
        ...checked.flatMap((variable) => findingsOf(variable, params)),
        ...(copies === false ? [] : copyFindings(checked, copies)),
        ...measured.flatMap(({ name, values }) => gapFindings(name, values, year, groups))
      ].sort(byGravity)
      const told = warningsOf(findings, listed)
      const grave = findings.filter(({ severity }) => severity === "error" || (fail === "warning" && severity === "warning"))
      if (fail !== "never" && grave.length > 0) yield* failTogether(grave.map(faultOf))
      for (const warning of told) yield* Stage.warn(warning)
      return { findings: findingsTable(findings), quality: qualityTable(measured, findings, entity, year) }
    })
})
