/** The replica through dag.ts, from raw tables to the panels that models and Table 3 take. */
import study from "../../dag.ts"
import type { StoredTable } from "../../src/artifact/column.ts"
import { runStudy } from "../examples/run-study.ts"
import { column, numbers } from "../stages/run-stage.ts"

const texts = (table: StoredTable, name: string) => Array.from(column(table, name) as ReadonlyArray<string>)

export interface ReplicaStudy {
  readonly entity: ReadonlyArray<string>
  readonly year: ReadonlyArray<number>
  /** Region, and yes or no for a national cluster, by province. */
  readonly groups: ReadonlyMap<string, { readonly region: string; readonly cluster: string }>
  /** A variable in the models' units. */
  readonly modelled: (name: string) => Float64Array
  /** A variable in Table 3's units. */
  readonly described: (name: string) => Float64Array
  readonly centers: { readonly entity: ReadonlyArray<string>; readonly year: ReadonlyArray<number>; readonly center: Float64Array }
  readonly weights: ReadonlyMap<string, number>
  /** Blank cells over all cells of the four tables that may have any. */
  readonly blank: number
  /** Messages of the warning zero-as-missing. */
  readonly zeroWarnings: ReadonlyArray<string>
}

export const replicaStudy = async (): Promise<ReplicaStudy> => {
  const { node } = runStudy(study, process.cwd())
  const run = async (name: string): Promise<StoredTable> => (await node(name)).outputs["output"]!
  const [provinces, weights, modelled, described, centers] = await Promise.all(["provinces", "weights", "panel", "panel-described", "raw-centers"].map(run))
  const withGaps = (await Promise.all(["raw-indicators", "raw-employment", "raw-controls", "raw-mediators"].map(run))).flatMap((table) =>
    table.columns.filter(({ kind }) => kind === "number")
  )
  const { warnings } = await node("modelled")
  const of = (table: StoredTable) => (name: string) => Float64Array.from(numbers(table, name))
  const [names, regions, clusters] = ["entity", "region", "cluster"].map((name) => texts(provinces!, name))
  const cells = withGaps.reduce((sum, { values }) => sum + values.length, 0)
  const blanks = withGaps.reduce((sum, { valid }) => sum + (valid === undefined ? 0 : Array.from(valid).filter((present) => present === 0).length), 0)
  return {
    entity: texts(modelled!, "entity"),
    year: numbers(modelled!, "year"),
    groups: new Map(names!.map((name, p) => [name, { region: regions![p]!, cluster: clusters![p]! }])),
    modelled: of(modelled!),
    described: of(described!),
    centers: { entity: texts(centers!, "entity"), year: numbers(centers!, "year"), center: of(centers!)("center") },
    weights: new Map(texts(weights!, "indicator").map((name, m) => [name, numbers(weights!, "weight")[m]!])),
    blank: blanks / cells,
    zeroWarnings: warnings.filter(({ code }) => code === "zero-as-missing").map(({ message }) => message)
  }
}
