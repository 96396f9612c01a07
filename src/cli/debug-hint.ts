import type { NodeReport } from "../engine/events.ts"
import type { Label } from "./progress.ts"
import type { SharedFlags } from "./workspace.ts"

const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

// What no stage saw cannot be run again.
const BEFORE_ITS_STAGE = new Set(["missing-file", "input-lost"])

/** After a run with failed nodes: the command to type that takes one of them apart, with the flags of this call that it needs. */
export const debugHint = (nodes: ReadonlyArray<NodeReport>, flags: SharedFlags, label: Label): ReadonlyArray<string> => {
  const failed = nodes.filter(({ faults, state }) => state === "failed" && !faults.every(({ code }) => BEFORE_ITS_STAGE.has(code)))
  const [first] = failed
  if (first === undefined) return []
  const given = [
    ...flags.study.flatMap((file) => ["--study", file]),
    ...(flags.cache === "" ? [] : ["--cache", flags.cache]),
    ...flags.with.flatMap((one) => ["--with", one]),
    ...(flags.indicators === "" ? [] : ["--indicators", flags.indicators])
  ]
  const command = ["sediment", "debug", ...given, label(first.study, first.node)].map(quoted).join(" ")
  return [`to run ${failed.length === 1 ? "it" : "one of them"} alone, under a debugger: ${command}`]
}
