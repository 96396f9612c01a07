import { isCompanion } from "../../artifact/column.ts"
import { nameBeforeKey } from "../../engine/chain.ts"
import type { OutputDiff } from "../../engine/diff/compare-outputs.ts"
import type { RowKey } from "../../engine/diff/compare-tables.ts"
import type { NodeDiff } from "../../engine/diff/diff-runs.ts"
import { count } from "../../engine/wording.ts"
import { cut, width } from "../../render/monospace.ts"
import { changeInWords, keyInWords } from "../../workspace/difference-words.ts"
import { limited } from "../limited.ts"

const SHOWN = 20
const SHORTEST_LABEL = 12
const PRINTED = 12

/** What is told in a line, whose labels may be cut and whose numbers may not. */
interface Told {
  readonly label: string
  readonly numbers: string
  /** Left out where there is no room for it. */
  readonly rest: string
}

/** A line in so much room, as far as its numbers allow. */
const inRoom = ({ label, numbers, rest }: Told, room: number): string => {
  const whole = `${label}${numbers}${rest}`
  if (width(whole) <= room) return whole
  return numbers === "" ? cut(whole, room) : `${cut(label, Math.max(SHORTEST_LABEL, room - width(numbers)))}${numbers}`
}

const listed = (names: ReadonlyArray<string>, most: number): string =>
  names.length <= most ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${names.length - most} more`

const keysListed = (keys: ReadonlyArray<RowKey>): string =>
  `${keys.slice(0, 2).map(keyInWords).join("; ")}${keys.length > 2 ? `; and ${keys.length - 2} more` : ""}`

/** Changed columns without the masks of filled cells, unless nothing else changed. */
const withoutMasks = <T>(all: ReadonlyArray<T>, nameOf: (one: T) => string): ReadonlyArray<T> => {
  const bare = all.filter((one) => !isCompanion(nameOf(one)))
  return bare.length > 0 ? bare : all
}

const bare = (label: string): Told => ({ label, numbers: "", rest: "" })

const tableInWords = ({ after, before, cells: changes, columns, rows, unread }: OutputDiff): Told => {
  if (before === null) return bare("an output that it did not have")
  if (after === null) return bare("an output that it no longer has")
  const cells = withoutMasks(changes, ({ column }) => column)
  const names = (list: ReadonlyArray<string>) =>
    listed(
      withoutMasks(list, (name) => name),
      3
    )
  const parts = [...unread.map((why) => `cannot be compared: ${why}`)]
  if (rows !== null) {
    if (rows.added.length > 0) parts.push(`${count(rows.added.length, "row")} more (${keysListed(rows.added)})`)
    if (rows.removed.length > 0) parts.push(`${count(rows.removed.length, "row")} fewer (${keysListed(rows.removed)})`)
  }
  if (columns !== null) {
    if (columns.added.length > 0) parts.push(`new columns ${names(columns.added)}`)
    if (columns.removed.length > 0) parts.push(`without columns ${names(columns.removed)}`)
    if (columns.described.length > 0) parts.push(`unit or description of ${names(columns.described)}`)
    if (rows === null && columns.changed.length > 0) parts.push(`columns ${names(columns.changed)} differ`)
  }
  if (cells[0] === undefined) return bare(parts.length === 0 ? "its notes, or the order of its rows or columns" : parts.join("; "))
  const { label, numbers } = changeInWords(cells[0])
  const others = cells.slice(1).map((one) => one.column)
  const rest = others.length === 0 ? "" : `; ${count(others.length, "more column")} (${listed(others, 3)})`
  return { label: [...parts, label].join("; "), numbers, rest }
}

/** Whether a table is one to be printed, a row a cell: it tells nothing that the tables behind it do not tell. */
const isPrinted = ({ rows }: OutputDiff): boolean => rows !== null && ["part", "row", "column"].every((name) => rows.key.includes(name))

/** Whether a table has each estimate once more for every convention by which its standard error may be computed. */
const isOfConventions = ({ rows }: OutputDiff): boolean => rows?.key.includes("small_sample") === true

/** Tables that differ and of which nothing but that is told, with in how many rows. */
const onlyCounted = (nodes: ReadonlyArray<NodeDiff>, isAmong: (output: OutputDiff) => boolean, row: string, all: boolean): ReadonlyArray<string> => {
  const found = nodes.flatMap(({ node, outputs }) =>
    outputs.flatMap((output) => {
      const { rows } = output
      const name = output.output === "output" ? node : `${node}.${output.output}`
      return rows !== null && isAmong(output) ? [`${name} (${count(rows.changed + rows.added.length + rows.removed.length, row)})`] : []
    })
  )
  const shown = all ? found : found.slice(0, PRINTED)
  return found.length === 0 ? [] : [`${shown.join(", ")}${shown.length < found.length ? ` and ${found.length - shown.length} more: --all` : ""}`]
}

/** The printed tables that differ, and in how many cells. */
export const printedLines = (nodes: ReadonlyArray<NodeDiff>, all: boolean): ReadonlyArray<string> => onlyCounted(nodes, isPrinted, "cell", all)

/** The tables of standard errors under every convention that differ, and in how many rows. */
export const conventionLines = (nodes: ReadonlyArray<NodeDiff>, all: boolean): ReadonlyArray<string> => onlyCounted(nodes, isOfConventions, "row", all)

/** What differs in tables that are none of estimates and are not only counted: a line each, those of one map together where the same columns differ; in so much room, as far as their numbers allow. */
export const tableLines = (nodes: ReadonlyArray<NodeDiff>, all: boolean, room: number): ReadonlyArray<string> => {
  const found = nodes.flatMap(({ node, outputs }) =>
    outputs.flatMap((output) => {
      if ((output.estimates !== null && output.unread.length === 0) || isPrinted(output) || isOfConventions(output)) return []
      const suffix = output.output === "output" ? "" : `.${output.output}`
      return [{ name: `${node}${suffix}`, group: `${nameBeforeKey(node)}${suffix}`, output }]
    })
  )
  const groups = Map.groupBy(found, ({ group, name, output }) =>
    all ? name : JSON.stringify([group, output.columns?.changed, output.columns?.added, output.columns?.removed])
  )
  const lines = [...groups.values()].map((own) => {
    const { group, name, output } = own[0]!
    const told = tableInWords(output)
    const which = own.length === 1 ? `${name}  ` : `${group} (${own.length})  in ${name.slice(nameBeforeKey(name).length - 3)}: `
    return inRoom({ ...told, label: `${which}${told.label}` }, room)
  })
  return limited(lines, SHOWN, all)
}
