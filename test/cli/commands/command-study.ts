import { chmodSync, mkdirSync, readdirSync } from "node:fs"
import { delimiter, join } from "node:path"
import { type Called, type RunDocument, StudyFolder } from "../study-folder.ts"

/** Why the tests of commands do not run here, if they do not. */
export const noCommands: string | false = process.platform === "win32" && "programs of these tests are scripts of /bin/sh, which Windows lacks"

/** A script of Node that multiplies the numbers of one column. */
const SCALE = `const { readFileSync, writeFileSync } = require("node:fs")
const { factor } = JSON.parse(readFileSync("params.json", "utf8"))
const [header, ...rows] = readFileSync(process.argv[2], "utf8").trim().split("\\n").map((line) => line.split(","))
const at = header.indexOf("gov")
console.log("scaled", rows.length, "rows")
console.error("threads: " + (process.env.THREADS ?? "as many as it likes"))
writeFileSync("output.csv", ["row,value", ...rows.map((row, i) => i + "," + Number(row[at]) * factor)].join("\\n") + "\\n")
`

/**
 * A study in which \`scaled\` is a command: the program \`lang\`, found in \`bin\` on the PATH, which is Node under another name and with a version of its own; \`total\` reads
 * what it makes.
 */
export class CommandStudy extends StudyFolder {
  readonly variables: Record<string, string> = {}
  constructor(files: Readonly<Record<string, string>> = {}) {
    super({
      "dag.ts": `import { Dag } from "@sediment/sediment"
import { parse, scale, total } from "./stages.ts"
export default Dag.make("commands", (dag) => {
  const numbers = dag.node("numbers", parse, { file: dag.source("numbers.csv") })
  const scaled = dag.node("scaled", scale, { script: dag.source("scale.cjs"), table: numbers }, { factor: 2 })
  return { scaled, total: dag.node("total", total, { scaled }) }
})
`,
      "stages.ts": `import { File, Stage, integer, nullable, number, openTable, table } from "@sediment/sediment"
import { Effect, Schema } from "effect"
const Numbers = openTable("Numbers", { row: integer() }, nullable(number()))
const Scaled = table("Scaled", { row: integer(), value: number("m", "scaled") })
const Total = table("Total", { total: number() })
export const parse = Stage.make("parse", {
  inputs: { file: File },
  params: Schema.Struct({}),
  output: Numbers,
  run: ({ file }) => Effect.sync(() => {
    const [names, ...rows] = new TextDecoder().decode(file.bytes).trim().split("\\n").map((line) => line.split(","))
    const column = (j: number) => Float64Array.from(rows, (row) => (row[j] === "" ? Number.NaN : Number(row[j])))
    const filled = Uint8Array.from(rows, (_, i) => (i === 0 ? 1 : 0))
    return { row: Int32Array.from(rows, (_, i) => i), rest: new Map(names!.map((name, j) => [name, { values: column(j), unit: "km", filled }])) }
  })
})
export const scale = Stage.command("scale", {
  inputs: { script: File, table: Numbers },
  params: Schema.Struct({ factor: Schema.Finite }),
  command: ["lang", "{script}", "{table}"],
  columns: { table: ["row", "gov"] },
  environment: ["THREADS"],
  output: Scaled
})
export const total = Stage.make("total", {
  inputs: { scaled: Scaled },
  params: Schema.Struct({}),
  output: Total,
  run: ({ scaled }) => Effect.sync(() => ({ total: Float64Array.of(scaled.column("value").values.reduce((a, b) => a + b, 0)) }))
})
`,
      "scale.cjs": SCALE,
      "numbers.csv": "gov,fdi\n1,10\n2,20\n3,30\n",
      ...files
    })
    this.program("lang", "lang 1.0")
  }

  /** Puts a program on the PATH that says that it is of this version, and in a file beside it that it was asked. */
  program(name: string, version: string): void {
    mkdirSync(join(this.path, "bin"), { recursive: true })
    this.write(
      `bin/${name}`,
      `#!/bin/sh\nif [ "$1" = --version ]; then echo "${version}"; echo asked >> "$0.asked"; exit 0; fi\nexec '${process.execPath}' "$@"\n`
    )
    chmodSync(join(this.path, "bin", name), 0o755)
  }

  override get environment(): NodeJS.ProcessEnv {
    // Folders of commands are to be counted: they are made here.
    mkdirSync(join(this.path, "scratch"), { recursive: true })
    const { THREADS: _, ...rest } = super.environment
    return { ...rest, PATH: `${join(this.path, "bin")}${delimiter}${process.env["PATH"]}`, TMPDIR: join(this.path, "scratch"), ...this.variables }
  }

  /** The folders that commands have left behind. */
  get leftBehind(): ReadonlyArray<string> {
    return readdirSync(join(this.path, "scratch")).filter((name) => name.startsWith("sediment-"))
  }

  data(node: string, ...args: ReadonlyArray<string>): Readonly<Record<string, ReadonlyArray<unknown>>> {
    return this.json("show", node, ...args).data
  }
}

export const states = (document: RunDocument): Readonly<Record<string, string>> => Object.fromEntries(document.nodes.map(({ node, state }) => [node, state]))
export const errorOf = (document: RunDocument, node: string): string =>
  (document.nodes.find((one) => one.node === node)?.errors ?? []).map(({ message }) => message).join("\n")
export const reasonsOf = ({ out }: Called, node: string): ReadonlyArray<Record<string, unknown>> =>
  JSON.parse(out).nodes.find((one: { readonly node: string }) => one.node === node).why
