import { smallStudy } from "../cli/study-folder.ts"
import type { Dice } from "./dice.ts"

/** What the study's files are a function of: an edit is another value of some of these. */
export interface Settings {
  /** Nodes of the stage `slow`, which is heavy enough for a worker thread, and of `near`, which is not. */
  readonly slow: number
  readonly near: number
  /** A cell of either data file. */
  readonly gov: number
  readonly y: number
  /** Parameters. */
  readonly salt: number
  readonly digits: number
  /** Which text the helper `add` has: the first two mean the same. */
  readonly adding: number
  /** Whether outcomes.csv has a word where a number must stand. */
  readonly misspelt: boolean
  /** Whether there is a node that always fails. */
  readonly failing: boolean
}

export const largeStudy: Settings = { slow: 6, near: 24, gov: 1, y: 5, salt: 1, digits: 6, adding: 0, misspelt: false, failing: true }
/** Few nodes, so that each can be asked for. */
export const littleStudy: Settings = { ...largeStudy, slow: 1, near: 2, failing: false }

const adds = ["a + b", "b + a", "a + b + 0.25"]

/** Changes one to three settings, always one on which the slow nodes rest. */
export const edited = (settings: Settings, dice: Dice): Settings => {
  const changes: ReadonlyArray<() => Partial<Settings>> = [
    () => ({ gov: dice.below(1000) }),
    () => ({ y: dice.below(1000) }),
    () => ({ digits: 1 + dice.below(6) }),
    () => ({ adding: dice.below(adds.length) }),
    () => ({ near: Math.max(1, settings.near + dice.below(5) - 2) }),
    () => ({ misspelt: dice.chance(0.3) }),
    () => ({ failing: dice.chance(0.5) })
  ]
  const further = Array.from({ length: dice.below(3) }, () => dice.pick(changes)())
  return Object.assign({}, settings, ...further, { salt: 1 + dice.below(1_000_000) })
}

/** Six nodes of the small study; slow ones; many small ones; one with two outputs, one that fails with one that rests on it, and a printed table. */
const dag = ({ digits, failing, near, salt, slow }: Settings): string => `import { Dag } from "@sediment/sediment"
import { parse } from "./stages/parse.ts"
import { means, pair } from "./stages/means.ts"
import { drawn } from "./stages/drawn.ts"
import { extremes, print, refuse, slow } from "./stages/further.ts"

export default Dag.make("faults", (dag) => {
  const controls = dag.node("controls", parse, { file: dag.source("data/controls.csv", { note: "made up" }) })
  const outcomes = dag.node("outcomes", parse, { file: dag.source("data/outcomes.csv") })
  const govMean = dag.node("gov-mean", means, { table: controls }, { columns: ["gov"], digits: ${digits} })
  const fdiMean = dag.node("fdi-mean", means, { table: controls }, { columns: ["fdi"] })
  const joined = dag.node("joined", pair, { left: govMean, right: outcomes }, { column: "y" })
  const draws = dag.node("draws", drawn, { table: controls }, { n: 3 })
  const slowly = Array.from({ length: ${slow} }, (_, i) => dag.node("slow[" + i + "]", slow, { table: controls }, { column: "gov", salt: ${salt} + i }))
  const near = Array.from({ length: ${near} }, (_, i) => dag.node("near[" + i + "]", pair, { left: i % 2 === 0 ? slowly[i % ${slow}]! : govMean, right: controls }, { column: i % 3 === 0 ? "fdi" : "gov" }))
  const both = dag.node("extremes", extremes, { table: controls })
  const refused = dag.node("refused", refuse, { table: controls })
  const blocked = dag.node("blocked", pair, { left: refused, right: controls }, { column: "fdi" })
  const printed = dag.node("printed", print, { left: slowly[0]!, right: both.high })
  return { joined, fdiMean, draws, slowly, near, both, printed${failing ? ", blocked" : ""} }
})
`

const further = `import { Stage, StageFailure } from "@sediment/sediment"
import { PrintedTable } from "@sediment/sediment/stages/table-types.ts"
import { Effect, Schema } from "effect"
import { total } from "../lib/total.ts"
import { Means, Numbers } from "./table-types.ts"

export const slow = Stage.make("slow", {
  inputs: { table: Numbers },
  params: Schema.Struct({ column: Schema.String, salt: Schema.Int }),
  output: Means,
  run: ({ table }, { column, salt }) =>
    Effect.sync(() => {
      let x = salt + total(table.column(column).values)
      for (let i = 0; i < 4e6; i++) x = (x * 16807) % 2147483647
      return { column: [column], mean: Float64Array.of(x) }
    })
})

const one = (name: string, value: number) => ({ column: [name], mean: Float64Array.of(value) })
export const extremes = Stage.make("extremes", {
  inputs: { table: Numbers },
  params: Schema.Struct({}),
  output: { low: Means, high: Means },
  run: ({ table }) => Effect.sync(() => ({ low: one("gov", Math.min(...table.column("gov").values)), high: one("gov", Math.max(...table.column("gov").values)) }))
})

export const refuse = Stage.make("refuse", {
  inputs: { table: Numbers },
  params: Schema.Struct({}),
  output: Means,
  run: ({ table }) => StageFailure.of("refused", "gov begins with " + table.column("gov").values[0])
})

export const print = Stage.make("print", {
  inputs: { left: Means, right: Means },
  params: Schema.Struct({}),
  output: PrintedTable,
  run: ({ left, right }) =>
    Effect.sync(() => {
      const values = [left.column("mean").values[0]!, right.column("mean").values[0]!]
      const three = <A>(all: A) => [all, all, all]
      return {
        part: ["title", "cell", "cell"], row: Int32Array.of(0, 0, 1), column: Int32Array.of(0, 0, 0), row_label: ["", "left", "right"], column_group: three(""), column_label: three(""),
        value: Float64Array.of(Number.NaN, ...values), text: ["Two numbers", ...values.map(String)], published: three(null), published_value: new Float64Array(3).fill(Number.NaN)
      }
    })
})
`

/** The files of the study. */
export const studyFiles = (settings: Settings): Readonly<Record<string, string>> => ({
  ...smallStudy,
  "dag.ts": dag(settings),
  "stages/further.ts": further,
  "lib/add.ts": `export const add = (a: number, b: number): number => ${adds[settings.adding]}\n`,
  "data/controls.csv": `gov,fdi\n${settings.gov},10\n2,20\n3,30\n`,
  "data/outcomes.csv": `y,z\n${settings.y},50\n${settings.misspelt ? "six" : 6},60\n7,70\n`
})
