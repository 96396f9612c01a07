import { spawn, spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { TemporaryFolder } from "../temporary-folder.ts"

export const cli = fileURLToPath(new URL("../../dist/cli.mjs", import.meta.url))

export interface Called {
  readonly code: number | null
  readonly out: string
  readonly err: string
}
export interface RunDocument {
  readonly run: string
  readonly ok: boolean
  readonly nodes: ReadonlyArray<{
    readonly study: string
    readonly node: string
    readonly state: string
    readonly from?: string
    readonly changed: boolean
    readonly why: ReadonlyArray<Record<string, unknown>>
    readonly artifacts: Record<string, string>
    readonly ms: number
    readonly warnings: ReadonlyArray<{ readonly code: string; readonly message: string }>
    readonly errors?: ReadonlyArray<{ readonly code: string; readonly message: string; readonly where?: Record<string, unknown> }>
  }>
}

/** A folder with a small study in it, driven by the built command line as a user would. */
export class StudyFolder extends TemporaryFolder {
  read(name: string): string {
    return readFileSync(join(this.path, name), "utf8")
  }
  edit(name: string, before: string | RegExp, after: string): void {
    const text = this.read(name)
    const edited = text.replace(before, after)
    if (edited === text) throw new Error(`${name} has no ${before}`)
    this.write(name, edited)
  }
  get environment(): NodeJS.ProcessEnv {
    const { SEDIMENT_CACHE: _, NODE_OPTIONS: __, npm_command: ___, ...rest } = process.env
    return { ...rest, NO_COLOR: "1" }
  }
  sediment(...args: ReadonlyArray<string>): Called {
    const done = spawnSync(process.execPath, [cli, ...args], { cwd: this.path, encoding: "utf8", env: this.environment })
    return { code: done.status, out: done.stdout, err: done.stderr }
  }
  /** A line for bash, in which "$SEDIMENT" is the command line. */
  shell(line: string): Called {
    const env = { ...this.environment, SEDIMENT: join(this.path, "sediment.sh") }
    writeFileSync(env.SEDIMENT, `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`, { mode: 0o755 })
    const done = spawnSync("bash", ["-c", line], { cwd: this.path, encoding: "utf8", env })
    return { code: done.status, out: done.stdout, err: done.stderr }
  }
  start(...args: ReadonlyArray<string>) {
    return spawn(process.execPath, [cli, ...args], { cwd: this.path, env: this.environment, stdio: ["ignore", "pipe", "pipe"] })
  }
  /** `sediment run --json`, decoded. */
  run(...args: ReadonlyArray<string>): RunDocument {
    const { err, out } = this.sediment("run", "--json", ...args)
    if (out === "") throw new Error(`no document: ${err}`)
    return JSON.parse(out) as RunDocument
  }
  /** The nodes that ran in `sediment run`, in alphabetical order. */
  ran(...args: ReadonlyArray<string>): ReadonlyArray<string> {
    return ranIn(this.run(...args))
  }
  json(...args: ReadonlyArray<string>) {
    return JSON.parse(this.sediment(...args, "--json").out)
  }
}

export const ranIn = (document: RunDocument): ReadonlyArray<string> =>
  document.nodes
    .filter((node) => node.state === "ran")
    .map((node) => node.node)
    .sort()

/**
 * The files of a study small enough to see through: two CSV files; `controls` and `outcomes` parse them; `means` averages the columns that it is told to,
 * by a chain of helpers three files long; `joined` reads one column of each; `drawn` draws random numbers.
 */
export const smallStudy: Readonly<Record<string, string>> = {
  "dag.ts": `import { Dag } from "@sediment/sediment"
import { parse } from "./stages/parse.ts"
import { means, pair } from "./stages/means.ts"
import { drawn } from "./stages/drawn.ts"

export default Dag.make("small", (dag) => {
  const controls = dag.node("controls", parse, { file: dag.source("data/controls.csv", { note: "made up" }) })
  const outcomes = dag.node("outcomes", parse, { file: dag.source("data/outcomes.csv") })
  const govMean = dag.node("gov-mean", means, { table: controls }, { columns: ["gov"] })
  const fdiMean = dag.node("fdi-mean", means, { table: controls }, { columns: ["fdi"] })
  const joined = dag.node("joined", pair, { left: govMean, right: outcomes }, { column: "y" })
  const draws = dag.node("draws", drawn, { table: controls }, { n: 3 })
  return { govMean, fdiMean, joined, draws }
})
`,
  "stages/table-types.ts": `import { integer, nullable, number, openTable, table, text } from "@sediment/sediment"
export const Numbers = openTable("Numbers", { row: integer() }, nullable(number()))
export const Means = table("Means", { column: text(), mean: number("", "arithmetic mean") })
export const Draws = table("Draws", { draw: number() })
`,
  "stages/parse.ts": `import { File, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Numbers } from "./table-types.ts"

export const parse = Stage.make("parse", {
  inputs: { file: File },
  params: Schema.Struct({}),
  output: Numbers,
  run: ({ file }) =>
    Effect.gen(function* () {
      const lines = new TextDecoder().decode(file.bytes).trim().split("\\n")
      const names = lines[0]!.split(",")
      const rows = lines.slice(1).map((line) => line.split(",").map(Number))
      for (const [i, row] of rows.entries())
        if (row.some(Number.isNaN)) return yield* StageFailure.of("not-a-number", \`\${file.path}, row \${i + 2}: not a number\`, { file: file.path, row: i + 2 })
      return {
        row: Int32Array.from(rows, (_, i) => i),
        rest: new Map(names.map((name, j) => [name, { values: Float64Array.from(rows, (row) => row[j]!) }]))
      }
    })
})
`,
  "stages/means.ts": `import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { mean } from "../lib/mean.ts"
import { Means, Numbers } from "./table-types.ts"

export const means = Stage.make("means", {
  inputs: { table: Numbers },
  params: Schema.Struct({
    columns: Schema.Array(Schema.String),
    digits: Schema.Int.pipe(Schema.withDecodingDefaultKey(Effect.succeed(6)))
  }),
  output: Means,
  run: ({ table }, { columns, digits }) =>
    Effect.gen(function* () {
      yield* Stage.warn({ code: "few-rows", message: \`only a few rows in \${columns.join(", ")}\` })
      return { column: columns, mean: Float64Array.from(columns, (name) => Number(mean(table.column(name).values).toFixed(digits))) }
    })
})

export const pair = Stage.make("pair", {
  inputs: { left: Means, right: Numbers },
  params: Schema.Struct({ column: Schema.String }),
  output: Means,
  run: ({ left, right }, { column }) =>
    Effect.sync(() => ({ column: [column], mean: Float64Array.of(left.column("mean").values[0]! + right.column(column).values[0]!) }))
})
`,
  "stages/drawn.ts": `import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Draws, Numbers } from "./table-types.ts"

export const drawn = Stage.make("drawn", {
  inputs: { table: Numbers },
  params: Schema.Struct({ n: Schema.Int }),
  output: Draws,
  run: ({ table }, { n }) =>
    Effect.map(Stage.seed, (seed) => ({ draw: Float64Array.from({ length: n }, (_, i) => ((seed + i * 7919) % 1000) + table.rows) }))
})
`,
  "lib/mean.ts": `import { total } from "./total.ts"
export const mean = (values: Float64Array): number => total(values) / values.length
`,
  "lib/total.ts": `import { add } from "./add.ts"
export const total = (values: Float64Array): number => values.reduce(add, 0)
`,
  "lib/add.ts": `export const add = (a: number, b: number): number => a + b
`,
  "data/controls.csv": "gov,fdi\n1,10\n2,20\n3,30\n",
  "data/outcomes.csv": "y,z\n5,50\n6,60\n7,70\n"
}
