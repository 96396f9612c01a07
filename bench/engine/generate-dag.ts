import { copyFileSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { type Layout, PRIME } from "./shape.ts"

/** The file that the last node reads, and no other. */
export const LAST = "last"
/** The file of a node of the first layer. */
export const sourceOf = (name: number | string): string => `sources/${name}`
/** The files that a node reads. */
export const sourcesOf = (layout: Layout, node: number): ReadonlyArray<string> => [
  ...(node < layout.first ? [sourceOf(node)] : []),
  ...(node === layout.nodes - 1 ? [sourceOf(LAST)] : [])
]

const study = ({ nodes, shape }: Layout): string => `import { Dag, File, many, number, Stage, table } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { layoutOf, PRIME } from "./shape.ts"

const Value = table("Value", { value: number() })
const Plus = Schema.Struct({ plus: Schema.Int })
const numberIn = (file: { readonly bytes: Uint8Array }): number => Number(new TextDecoder().decode(file.bytes))

export const read = Stage.make("read", {
  inputs: { file: File },
  params: Plus,
  output: Value,
  run: ({ file }, { plus }) => Effect.sync(() => ({ value: Float64Array.of((numberIn(file) + plus) % PRIME) }))
})
export const sum = Stage.make("sum", {
  inputs: { terms: many(Value) },
  params: Plus,
  output: Value,
  run: ({ terms }, { plus }) => Effect.sync(() => ({ value: Float64Array.of(terms.reduce((total, term) => total + term.column("value").values[0]!, plus) % PRIME) }))
})
export const last = Stage.make("last", {
  inputs: { terms: many(Value), file: File },
  params: Plus,
  output: Value,
  run: ({ file, terms }, { plus }) =>
    Effect.sync(() => ({ value: Float64Array.of(terms.reduce((total, term) => total + term.column("value").values[0]!, plus + numberIn(file)) % PRIME) }))
})

export default Dag.make("bench", (dag) => {
  const { first, inputsOf, nodes } = layoutOf("${shape}", ${nodes})
  const made = []
  for (let node = 0; node < nodes; node++) {
    const terms = inputsOf(node).map((input) => made[input])
    const params = { plus: node }
    if (node === nodes - 1) made.push(dag.node("last", last, { terms, file: dag.source("sources/last") }, params))
    else if (node < first) made.push(dag.node("read[" + node + "]", read, { file: dag.source("sources/" + node) }, params))
    else made.push(dag.node("sum[" + node + "]", sum, { terms }, params))
  }
  return { made }
})
`

/** A DAG's input files, which every tool reads, and edits of them. */
export class GeneratedDag {
  readonly layout: Layout
  readonly folder: string
  readonly #values: Map<string, number>
  #edits = 0

  /** Writes the files into a new folder: the sources, and a study whose dag.ts makes its nodes in a loop over the layout. */
  constructor(layout: Layout, folder: string) {
    this.layout = layout
    this.folder = folder
    mkdirSync(join(folder, "sources"), { recursive: true })
    this.#values = new Map([...Array.from({ length: layout.first }, (_, i) => [sourceOf(i), i] as const), [sourceOf(LAST), 1]])
    for (const [path, value] of this.#values) writeFileSync(join(folder, path), `${value}\n`)
    copyFileSync(fileURLToPath(new URL("shape.ts", import.meta.url)), join(folder, "shape.ts"))
    writeFileSync(join(folder, "dag.ts"), study(layout))
  }

  /** Gives a source another number. */
  edit(path: string): void {
    this.#values.set(path, 1_000_000 + ++this.#edits)
    writeFileSync(join(this.folder, path), `${this.#values.get(path)}\n`)
  }
  /** Gives a source other content and the same number: one more empty line. */
  editVainly(path: string): void {
    writeFileSync(join(this.folder, path), `${this.#values.get(path)}\n${"\n".repeat(++this.#edits)}`)
  }
  /** What the last node must come to today. */
  get answer(): number {
    const results: Array<number> = []
    for (let node = 0; node < this.layout.nodes; node++) {
      const files = sourcesOf(this.layout, node).map((path) => this.#values.get(path)!)
      const inputs = this.layout.inputsOf(node).map((input) => results[input]!)
      results.push([...files, ...inputs].reduce((total, value) => total + value, node) % PRIME)
    }
    return results.at(-1)!
  }
}
