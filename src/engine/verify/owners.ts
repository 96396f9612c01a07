/** Whose values an artifact holds, and what its loss means. */
import type { TableSummary } from "../../artifact/hash.ts"
import type { NodeRecord, RunHistory } from "../../store/runs.ts"

/** What a store was last known to hold of its nodes: of each study and variant, the state at its newest run. */
export const newestNodes = (history: RunHistory["Service"]): ReadonlyArray<NodeRecord & { readonly variant: string }> => {
  const newest = new Map<string, { readonly run: string; readonly study: string; readonly variant: string }>()
  for (const { run, studies } of history.runs())
    for (const { study, variant } of studies) {
      const key = JSON.stringify([study, variant])
      if (!newest.has(key)) newest.set(key, { run, study, variant })
    }
  const nodes = new Map<string, NodeRecord & { readonly variant: string }>()
  for (const { run, study, variant } of newest.values())
    for (const { record } of history.stateOf(study, run).nodes.values()) {
      const node = record()
      const key = JSON.stringify([node.study, node.node, node.artifacts])
      if (!nodes.has(key)) nodes.set(key, { ...node, variant })
    }
  return [...nodes.values()]
}

export interface Owner {
  readonly node: NodeRecord
  readonly output: string
  readonly current: boolean
}

const cells = (summary: TableSummary | undefined): string => (summary === undefined ? "values" : `${summary.rows * summary.columns.length} values`)

/** What the loss of an artifact means for whoever wants its numbers. `toMakeAgain`: the command that makes a node again. */
export const meaning = (owner: Owner | undefined, summary: TableSummary | undefined, toMakeAgain: (node: NodeRecord) => string): string => {
  if (owner === undefined) return "no run tells whose values these were; nothing that was last known needs them"
  const { current, node, output } = owner
  const name = `${node.node}${output === "output" ? "" : `.${output}`}`
  if (current) return `the ${cells(summary)} of ${name} are lost; ${toMakeAgain(node)} makes them again`
  return `the ${cells(summary)} that ${name} had in run ${node.run} are lost; what it had last is not among them`
}
