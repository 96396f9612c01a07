import { isCompanion } from "../artifact/column.ts"
import { wiresOf } from "../dag/dag.ts"
import type { Facts } from "./facts.ts"

const HEADER = ["file", "node", "output", "column", "kind", "unit", "description"]

const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** A CSV file of what each node that reads a source makes of it: columns, kinds, units, descriptions. */
export const codebook = ({ nodes, sources }: Facts): string => {
  const rows = sources.flatMap(({ file, path }) =>
    nodes
      .filter(({ node }) => wiresOf(node).some(([, wire]) => "source" in wire && wire.source === path))
      .flatMap(({ node, outputs }) =>
        outputs.flatMap(({ columns, output }) =>
          columns
            .filter(({ name }) => !isCompanion(name))
            .map(({ description, kind, name, unit }) => [file, node.name, output === "output" ? "" : output, name, kind, unit, description])
        )
      )
  )
  return [HEADER, ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("")
}
