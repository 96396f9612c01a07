/** Reasons and acceptances in words: what status, explain and the progress of a run say. */
import type { Acceptance } from "../store/trace.ts"
import type { LastFailure } from "./last-failure.ts"
import type { Reason } from "./reasons.ts"
import { moment } from "./wording.ts"

const listed = (items: ReadonlyArray<string>, most: number, between = ", "): string =>
  items.length <= most ? items.join(between) : `${items.slice(0, most).join(between)}${between === ", " ? "" : ";"} and ${items.length - most} more`

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)
const parameterChange = ({ after, before, parameter }: { readonly parameter: string; readonly before: string; readonly after: string }): string => {
  if (before === "(none)") return `parameter ${parameter} is new`
  if (after === "(none)") return `parameter ${parameter} is gone`
  return `parameter ${parameter} changed from ${short(before)} to ${short(after)}`
}

/** A recorded value of the environment in words. */
const variable = (recorded: string): string => (recorded === "null" ? "(not set)" : short(recorded))

/** What became of a file. */
export const fileSentence = ({ among, file, missing }: Pick<Extract<Reason, { reason: "source" }>, "file" | "missing" | "among">): string => {
  if (among !== undefined) return among === "added" ? `the file ${file} is new among the files` : `the file ${file} is no longer among the files`
  return missing ? `the file ${file} is missing` : `the file ${file} changed`
}

/** A reason as a sentence, naming at most so many columns or declarations. */
export const sentence = (reason: Reason, most = 6): string => {
  switch (reason.reason) {
    case "new":
      return "it has no result yet"
    case "code": {
      if (reason.was !== undefined) return `it is of another stage: ${reason.stage} in the place of ${reason.was}`
      const names = reason.declarations.map((one) => `${one.name} (${one.file})`)
      return `the code of stage ${reason.stage} changed${names.length === 0 ? "" : `: ${listed(names, most)}`}`
    }
    case "parameter":
      return listed(reason.parameters.map(parameterChange), most, "; ")
    case "input":
      return reason.columns.length === 0
        ? `its input ${reason.input} may change: ${reason.node} has yet to run`
        : `its input ${reason.input} changed: ${listed(reason.columns, most)}${reason.node === "" ? "" : ` of ${reason.node}${reason.output === "output" ? "" : `.${reason.output}`}`}`
    case "source":
      return fileSentence(reason)
    case "seed":
      return `the seed changed from ${reason.before} to ${reason.after}`
    case "program":
      return `the version of its program changed from "${short(reason.before)}" to "${short(reason.after)}"`
    case "no-program":
      return `there is no program ${reason.program} here, ${reason.optional ? "so it is skipped" : "so it cannot run"}`
    case "environment":
      return `the environment variable ${reason.variable} changed from ${variable(reason.before)} to ${variable(reason.after)}`
    case "lost":
      return `its artifact ${reason.artifact.slice(0, 12)}… (${reason.output}) is gone from the store or damaged`
  }
}

/** Reasons in one line, the first two of them. */
export const inBrief = (reasons: ReadonlyArray<Reason>): string =>
  listed(
    reasons.map((reason) => sentence(reason, 3)),
    2,
    "; "
  )

/** When, in which run and with which faults a node failed. */
export const failureSentence = ({ at, faults, run }: LastFailure): string =>
  `failed on ${moment(at)} (run ${run}): ${listed(
    faults.map(({ message }) => message),
    2,
    "; "
  )}`

/** An acceptance in words. */
export const acceptanceSentence = ({ at, command, from, proved, reason }: Acceptance): string =>
  `accepted on ${moment(at)} from code ${from.slice(0, 12)}… ("${reason}"), by ${command.slice(0, 2).join(" ")}${proved === undefined ? "" : `; proved on ${moment(proved.at)} by sediment verify --rerun`}`
