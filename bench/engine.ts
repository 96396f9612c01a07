/**
 * What the engine costs beside the work itself: a layered DAG of N trivial nodes (width sqrt N, two inputs each) is run, run again with nothing to do,
 * asked for its status, and run after one leaf changed; `make` does the same with files. Run: npm run bench -- engine [N] [--json]
 */
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const json = process.argv.includes("--json")
const size = Number(process.argv.slice(2).find((arg) => /^\d+$/.test(arg)) ?? 1000)
const width = Math.ceil(Math.sqrt(size))
const folder = mkdtempSync(join(tmpdir(), "sediment-bench-"))
const cli = fileURLToPath(new URL("../dist/cli.mjs", import.meta.url))

writeFileSync(
  join(folder, "dag.ts"),
  `import { Dag, File, many, number, Stage, table } from "@sediment/sediment"
import { Effect, Schema } from "effect"

const Value = table("Value", { value: number() })
export const read = Stage.make("read", {
  inputs: { file: File },
  params: Schema.Struct({}),
  output: Value,
  run: ({ file }) => Effect.sync(() => ({ value: Float64Array.of(Number(new TextDecoder().decode(file.bytes))) }))
})
export const sum = Stage.make("sum", {
  inputs: { terms: many(Value) },
  params: Schema.Struct({ plus: Schema.Int }),
  output: Value,
  run: ({ terms }, { plus }) =>
    Effect.sync(() => ({ value: Float64Array.of(terms.reduce((total, term) => total + term.column("value").values[0]!, plus)) }))
})
export default Dag.make("bench", (dag) => {
  let layer = Array.from({ length: ${width} }, (_, i) => dag.node("leaf[" + i + "]", read, { file: dag.source("leaves/" + i) }))
  for (let made = ${width}; made < ${size}; made += ${width}) {
    const below = layer
    layer = below.map((_, i) => dag.node("sum[" + (made + i) + "]", sum, { terms: [below[i]!, below[(i + 1) % ${width}]!] }, { plus: made + i }))
  }
  return { layer }
})
`
)
mkdirSync(join(folder, "leaves"))
mkdirSync(join(folder, "out"))
for (let i = 0; i < width; i++) writeFileSync(join(folder, "leaves", String(i)), String(i))
const rules: Array<string> = []
let layer = Array.from({ length: width }, (_, i) => `leaves/${i}`)
for (let made = width; made < size; made += width) {
  const below = layer
  layer = below.map((_, i) => {
    const [a, b] = [below[i]!, below[(i + 1) % width]!]
    rules.push(`out/${made + i}: ${a} ${b}\n\t@cat ${a} ${b} | tail -c 100 > $@`)
    return `out/${made + i}`
  })
}
writeFileSync(join(folder, "Makefile"), `all: ${layer.join(" ")}\n${rules.join("\n")}\n`)

const timed = (command: string, args: ReadonlyArray<string>): number => {
  const start = performance.now()
  const done = spawnSync(command, args, { cwd: folder, encoding: "utf8" })
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${done.stderr}`)
  return performance.now() - start
}
const median = (times: ReadonlyArray<number>): number => [...times].sort((a, b) => a - b)[times.length >> 1]!
const repeated = (once: () => number): number => median(Array.from({ length: 5 }, once))

let edits = 0
const edited = (command: string, args: ReadonlyArray<string>) => () => {
  writeFileSync(join(folder, "leaves", "0"), String(1000 + edits++))
  return timed(command, args)
}
const sediment = (...args: ReadonlyArray<string>) => [cli, ...args]
const results = {
  nodes: size,
  sediment: {
    first: timed(process.execPath, sediment("run")),
    noop: repeated(() => timed(process.execPath, sediment("run"))),
    status: repeated(() => timed(process.execPath, sediment("status"))),
    leaf: repeated(edited(process.execPath, sediment("run")))
  },
  make: { first: timed("make", ["-s", "-j1"]), noop: repeated(() => timed("make", ["-s"])), leaf: repeated(edited("make", ["-s"])) }
}
rmSync(folder, { recursive: true, force: true })
if (json) console.log(JSON.stringify(results))
else {
  const ms = (value: number) => `${value.toFixed(0)} ms`.padStart(10)
  const ratio = (a: number, b: number) => `${(a / b).toFixed(1)} x`.padStart(8)
  console.log(`${size} nodes, wall time with the process's start; medians of 5 but for the first run`)
  console.log(`${"".padEnd(14)}${"sediment".padStart(10)}${"make".padStart(10)}${"ratio".padStart(8)}`)
  for (const what of ["first", "noop", "leaf"] as const)
    console.log(`${what.padEnd(14)}${ms(results.sediment[what])}${ms(results.make[what])}${ratio(results.sediment[what], results.make[what])}`)
  console.log(`${"status".padEnd(14)}${ms(results.sediment.status)}`)
}
