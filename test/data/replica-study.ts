/** The replica through the stages that dag.ts wires, from raw tables to the panel that the models take. */

import { readFileSync } from "node:fs"
import { Effect } from "effect"
import { parse } from "yaml"
import * as tables from "../../data/tables.ts"
import type { StoredTable } from "../../src/artifact/column.ts"
import type { AnyStage } from "../../src/dag/stage.ts"
import { assemble } from "../../stages/assemble.ts"
import { coagglo } from "../../stages/coagglo.ts"
import { compositeIndex } from "../../stages/composite-index.ts"
import { derive } from "../../stages/derive.ts"
import { eg } from "../../stages/eg.ts"
import { entities } from "../../stages/entities.ts"
import { entropyWeights } from "../../stages/entropy-weights.ts"
import { ingest } from "../../stages/ingest.ts"
import { ingestSubunits } from "../../stages/ingest-subunits.ts"
import { interpolate } from "../../stages/interpolate.ts"
import { normalize } from "../../stages/normalize.ts"
import { column, numbers, readFile, runStage } from "../stages/run-stage.ts"

type Inputs = Parameters<typeof runStage>[1]

const texts = (table: StoredTable, name: string) => Array.from(column(table, name) as ReadonlyArray<string>)
const result = (stage: AnyStage, inputs: Inputs, params: unknown = {}) => Effect.runPromise(runStage(stage, inputs, params))
const run = async (stage: AnyStage, inputs: Inputs, params: unknown = {}): Promise<StoredTable> => (await result(stage, inputs, params)).outputs["output"]!

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

/** Ingest, interpolate, derive, normalise, weigh, index, coagglo, EG: on the committed files. */
export const replicaStudy = async (): Promise<ReplicaStudy> => {
  const file = (name: string) => readFile(`data/replica/${name}`)
  const provinces = await run(entities, { source: readFile("data/provinces.csv") })
  const raw = async (name: string, params: unknown) => run(ingest, { source: file(name), entities: provinces }, params)
  const [indicators, employment, controls, mediators, centers] = await Promise.all([
    raw("indicators.synthetic.csv", tables.INDICATORS),
    raw("employment.synthetic.csv", tables.EMPLOYMENT),
    raw("controls.synthetic.csv", tables.CONTROLS),
    raw("mediators.synthetic.csv", tables.MEDIATORS),
    raw("innovation-centers.synthetic.csv", tables.CENTERS)
  ])
  const districts = await run(ingestSubunits, { source: file("employment-by-district.synthetic.csv"), entities: provinces }, tables.DISTRICTS)
  const set = parse(readFileSync("indicators/paper.yaml", "utf8"))
  const normalized = await run(normalize, { panel: await run(interpolate, { panel: indicators }) }, { indicators: set.indicators })
  const weights = await run(entropyWeights, { normalized }, { indicators: set.indicators })
  const index = await run(compositeIndex, { normalized, weights }, { index: set.index, dimensions: set.dimensions })
  const agglomeration = await run(
    coagglo,
    { panel: await run(interpolate, { panel: employment }) },
    { manufacturing: "manufacturing", services: tables.SERVICES, total: "total" }
  )
  const concentration = await run(eg, { subunits: districts }, { manufacturing: "manufacturing", services: ["productive_services"] })
  const economy = await run(interpolate, { panel: await run(assemble, { panels: [controls, mediators] }) })
  const panelOf = async (variables: unknown) =>
    run(assemble, { panels: [index, agglomeration, concentration, await run(derive, { panel: economy }, { variables, keep: [] })] })
  const [modelled, described] = await Promise.all([panelOf(tables.MODELLED), panelOf(tables.DESCRIBED)])
  const { warnings } = await result(derive, { panel: economy }, { variables: tables.MODELLED, keep: [] })
  const of = (table: StoredTable) => (name: string) => Float64Array.from(numbers(table, name))
  const [names, regions, clusters] = ["entity", "region", "cluster"].map((name) => texts(provinces, name))
  const withGaps = [indicators, employment, controls, mediators].flatMap((table) => table.columns.filter(({ kind }) => kind === "number"))
  const cells = withGaps.reduce((sum, { values }) => sum + values.length, 0)
  const blanks = withGaps.reduce((sum, { valid }) => sum + (valid === undefined ? 0 : Array.from(valid).filter((present) => present === 0).length), 0)
  return {
    entity: texts(modelled, "entity"),
    year: numbers(modelled, "year"),
    groups: new Map(names!.map((name, p) => [name, { region: regions![p]!, cluster: clusters![p]! }])),
    modelled: of(modelled),
    described: of(described),
    centers: { entity: texts(centers, "entity"), year: numbers(centers, "year"), center: of(centers)("center") },
    weights: new Map(texts(weights, "indicator").map((name, m) => [name, numbers(weights, "weight")[m]!])),
    blank: blanks / cells,
    zeroWarnings: warnings.filter(({ code }) => code === "zero-as-missing").map(({ message }) => message)
  }
}
