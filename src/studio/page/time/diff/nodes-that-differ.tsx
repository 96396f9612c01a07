import { useSignal } from "@preact/signals"
import type { Change, DiffNode, RunDiff } from "../../../messages/time/run-diff.ts"
import { count } from "../../wording.ts"
import { EditMark } from "./edit-mark.tsx"
import { NodeDiff } from "./node-diff.tsx"
import type { Pair } from "./pair.ts"

/** Nodes that are told at first, of each group. */
const SHOWN = 30

const CHANGES: Readonly<Record<Change, string>> = {
  changed: "changed",
  same: "made anew, the same",
  added: "new",
  removed: "gone",
  failed: "failed",
  blocked: "blocked",
  skipped: "skipped",
  recovered: "recovered",
  reached: "not reached before"
}

const NodeRow = ({ node, opened, pair }: { readonly node: DiffNode; readonly pair: Pair; readonly opened: boolean }) => {
  const open = useSignal(opened)
  return (
    <li>
      <details open={open.value} onToggle={(event) => (open.value = event.currentTarget.open)}>
        <summary>
          <span class={`time-change time-change-${node.change}`}>{CHANGES[node.change]}</span>
          <strong>{node.node}</strong>
          <span class="time-differs">{node.differs}</span>
        </summary>
        {open.value ? <NodeDiff pair={pair} node={node.node} /> : null}
      </details>
    </li>
  )
}

interface GroupProps {
  readonly edits: ReadonlyArray<number>
  readonly nodes: ReadonlyArray<DiffNode>
  readonly pair: Pair
  readonly opened: string | undefined
  readonly title: string
}

const Group = ({ edits, nodes, opened, pair, title }: GroupProps) => {
  const all = useSignal(false)
  const shown = all.value ? nodes : nodes.slice(0, SHOWN)
  return (
    <section>
      <h3>
        {edits.map((edit) => (
          <span key={edit}>
            <EditMark edit={edit} />{" "}
          </span>
        ))}
        {title}
      </h3>
      <ul class="time-node-list">
        {shown.map((node) => (
          <NodeRow key={node.node} node={node} pair={pair} opened={opened === node.node} />
        ))}
      </ul>
      {shown.length < nodes.length ? (
        <button type="button" onClick={() => (all.value = true)}>
          All {nodes.length}
        </button>
      ) : null}
    </section>
  )
}

const titleOf = (edits: ReadonlyArray<number>, change: Change, nodes: number): string => {
  if (change === "reached") return `${count(nodes, "node")} that the earlier run had not come to`
  if (edits.length === 0) return `${count(nodes, "node")} that no recorded edit explains`
  return `${count(nodes, "node")} ${nodes === 1 ? "rests" : "rest"} on ${edits.length === 1 ? "edit" : "edits"} ${edits.map((edit) => edit + 1).join(", ")}`
}

interface Props {
  readonly pair: Pair
  readonly diff: RunDiff
  readonly edit: number | undefined
  readonly opened: string | undefined
}

/** The nodes that differ, by the edits that they rest on; those that were made of something else and came out the same are where the wave stopped. */
export const NodesThatDiffer = ({ diff, edit, opened, pair }: Props) => {
  const telling = diff.nodes.filter((node) => node.change !== "same" && (edit === undefined || node.edits.includes(edit)))
  const groups = [...Map.groupBy(telling, ({ change, edits }) => (change === "reached" ? change : edits.join(" "))).values()]
  const same = edit === undefined ? diff.nodes.filter(({ change }) => change === "same") : []
  return (
    <section aria-labelledby="time-nodes-title">
      <h2 id="time-nodes-title">Nodes</h2>
      {groups.map((nodes) => (
        <Group
          key={`${nodes[0]!.change === "reached"} ${nodes[0]!.edits.join(" ")}`}
          edits={nodes[0]!.edits}
          nodes={nodes}
          pair={pair}
          opened={opened}
          title={titleOf(nodes[0]!.edits, nodes[0]!.change, nodes.length)}
        />
      ))}
      {same.length === 0 ? null : (
        <Group
          edits={[]}
          nodes={same}
          pair={pair}
          opened={opened}
          title={`${count(same.length, "node")} made of something else that came out the same: there the wave stopped`}
        />
      )}
    </section>
  )
}
