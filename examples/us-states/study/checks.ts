/** Tables 14a and 14b: how far other programs are from the run. */
import type { Builder, Output } from "@sediment/sediment"
import type { Agreement } from "@sediment/sediment/stages/table-types.ts"
import { tidyTable } from "@sediment/sediment/stages/tables/tidy-table.ts"

const checked = {
  rowLabel: ["column"],
  columns: [
    { column: "rows", label: "Compared", decimals: 0 },
    { column: "difference", label: "Largest relative difference", significant: 2 },
    { column: "at", label: "At" }
  ]
} as const

interface Checks {
  /** Of the production function by R's lm. */
  readonly inR: Output<typeof Agreement>
  /** Of Moran's I by Python. */
  readonly inPython: Output<typeof Agreement>
}

export const checkTables = (dag: Builder, { inPython, inR }: Checks) => [
  dag.node("table14a", tidyTable, { table: inR }, { title: "Table 14a. The production function by R's lm: how far it is from Table 3", ...checked }),
  dag.node("table14b", tidyTable, { table: inPython }, { title: "Table 14b. Moran's I by Python: how far it is from Table 10a", ...checked })
]
