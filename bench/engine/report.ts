import { type LeftOut, type Measured, measures } from "./measure.ts"
import type { Layout } from "./shape.ts"

export interface DagResult {
  readonly shape: Layout["shape"]
  readonly nodes: number
  /** Inputs of nodes that are nodes. */
  readonly edges: number
  readonly measured: ReadonlyArray<Measured>
  readonly leftOut: ReadonlyArray<LeftOut>
}

export const median = (values: ReadonlyArray<number>): number => [...values].sort((a, b) => a - b)[values.length >> 1]!

const orDash = (value: number, shown: (value: number) => string): string => (Number.isNaN(value) ? "-" : shown(value))
const seconds = (time: number): string => orDash(time, (ms) => `${(ms / 1000).toFixed(ms < 10_000 ? 3 : 1)} s`)
const highest = (values: ReadonlyArray<number | undefined>): string =>
  values.every((value) => value === undefined) ? "-" : `${Math.max(...values.map((value) => value ?? 0)).toFixed(0)} MiB`

/** One DAG's times as a table: a row a measure; a column a tool, and how many times its time Sediment took. */
export const tableOf = ({ edges, leftOut, measured, nodes, shape }: DagResult): string => {
  const tools = measured.map(({ tool }) => tool)
  const peers = tools.filter((tool) => tool !== "sediment")
  const samplesOf = (tool: string, measure: keyof typeof measures) => measured.find((one) => one.tool === tool)?.samples[measure]
  const rows = [["", ...tools, ...peers.map((tool) => `: ${tool}`), ...tools.map((tool) => `${tool} ran`)]]
  for (const [measure, title] of Object.entries(measures) as ReadonlyArray<[keyof typeof measures, string]>) {
    const times = new Map(tools.map((tool) => [tool, median(samplesOf(tool, measure)?.ms ?? [Number.NaN])]))
    const ours = times.get("sediment") ?? Number.NaN
    rows.push([
      title,
      ...tools.map((tool) => seconds(times.get(tool)!)),
      ...peers.map((tool) => orDash(ours / times.get(tool)!, (ratio) => `${ratio.toFixed(2)} x`)),
      ...tools.map((tool) => (measure === "status" ? "" : orDash(median(samplesOf(tool, measure)?.ran ?? [Number.NaN]), String)))
    ])
    if (measure === "first")
      rows.push([
        "  a node",
        ...tools.map((tool) => orDash(times.get(tool)! / nodes, (ms) => `${ms.toFixed(3)} ms`)),
        ...Array.from({ length: peers.length + tools.length }, () => "")
      ])
  }
  for (const measure of ["first", "noop"] as const)
    rows.push([
      `peak memory, ${measures[measure]}`,
      ...tools.map((tool) => highest(samplesOf(tool, measure)?.peakMiB ?? [undefined])),
      ...Array.from({ length: peers.length + tools.length }, () => "")
    ])
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join("  ")
      .trimEnd()
  )
  return [`${shape}, ${nodes} nodes, ${edges} edges`, ...lines, ...leftOut.map(({ tool, why }) => `left out: ${tool}: ${why}`)].join("\n")
}
