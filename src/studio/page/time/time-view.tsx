import type { ViewProps } from "../view-props.ts"
import { DiffView } from "./diff/diff-view.tsx"
import { LineageView } from "./lineage/lineage-view.tsx"
import { RunView } from "./strata/run-view.tsx"
import { StrataMap } from "./strata/strata-map.tsx"
import { StrataView } from "./strata/strata-view.tsx"
import { TimeTabs } from "./time-tabs.tsx"

/** Time: runs as strata, how two of them differ, and from a number back to the cell of the file that it rests on. */
export const TimeView = ({ route, study }: ViewProps) => {
  const { query, rest } = route
  const [part = ""] = rest
  if (part === "trace") return <LineageView key={`${study} ${query["node"]} ${query["output"]}`} study={study} query={query} />
  if (part === "run" && rest[1] !== undefined)
    return <RunView key={`${study} ${rest[1]} ${query["study"]}`} study={study} run={rest[1]} of={query["study"] ?? study} />
  const differs = part === "diff" || query["from"] !== undefined || query["to"] !== undefined
  return (
    <>
      <TimeTabs study={study} current={differs ? "diff" : part} />
      {differs ? (
        <DiffView key={`${study} ${query["from"]} ${query["to"]}`} study={study} query={query} />
      ) : part === "map" ? (
        <StrataMap key={study} study={study} query={query} />
      ) : (
        <StrataView key={`${study} ${query["only"]}`} study={study} query={query} />
      )}
    </>
  )
}
