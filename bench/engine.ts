/**
 * What the engine costs beside the work itself: generated DAGs of trivial nodes are run, run again with nothing to do, asked for their status, and run after
 * edits; other build programs do the same with files, after the same edits. docs/benchmarks.md tells what is measured and how to read it.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from "node:os"
import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { GeneratedDag } from "./engine/generate-dag.ts"
import { bareNode, type LeftOut, type Measure, measureAll, measures } from "./engine/measure.ts"
import { findPeer, peerNames } from "./engine/peers.ts"
import { type DagResult, median, tableOf } from "./engine/report.ts"
import { sediment } from "./engine/sediment.ts"
import { layoutOf, shapes } from "./engine/shape.ts"

const usage = `npm run bench -- engine [--shape ${shapes.join(",")}] [--nodes 1000] [--peers make,ninja] [--rounds 5] [--measures ${Object.keys(measures).join(",")}] [--folder DIR] [--json]
peers are ${peerNames.join(", ")} and none; snakemake takes a minute for 1,000 nodes, so it is only beside where it is asked for
--shape, --nodes, --peers and --measures take several, with commas between them; the first run is always taken; --folder is a new folder to work in, which is left as it is then`
const refuse = (why: string): never => {
  console.error(`${why}\n${usage}`)
  process.exit(2)
}
const calledWith = () => {
  try {
    const string = { type: "string" } as const
    return parseArgs({ options: { shape: string, nodes: string, peers: string, rounds: string, measures: string, folder: string, json: { type: "boolean" } } })
      .values
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
}
const chosen = <T extends string>(what: string, text: string, from: ReadonlyArray<T>): ReadonlyArray<T> =>
  text.split(",").map((one) => from.find((known) => known === one) ?? refuse(`there is no ${what} "${one}"`))

const options = calledWith()
const wantedShapes = chosen("shape", options.shape ?? "layered", shapes)
const sizes = (options.nodes ?? "1000").split(",").map(Number)
if (!sizes.every((size) => Number.isInteger(size) && size >= 4)) refuse(`--nodes ${options.nodes}: whole numbers from 4 on`)
const rounds = Number(options.rounds ?? 5)
if (!Number.isInteger(rounds) || rounds < 1) refuse(`--rounds ${options.rounds}: a whole number from 1 on`)
const wantedPeers = options.peers === "none" ? [] : chosen("peer", options.peers ?? "make,ninja", peerNames)
const everyMeasure = Object.keys(measures) as ReadonlyArray<Measure>
const named = options.measures === undefined ? everyMeasure : chosen("measure", options.measures, everyMeasure)
const wanted = everyMeasure.filter((measure) => named.includes(measure))

if (options.folder !== undefined && existsSync(options.folder)) refuse(`--folder ${options.folder}: it is there already, and a first run needs a new one`)

const peers = wantedPeers.map((name) => ({ name, tool: findPeer(name) }))
const missing = peers.flatMap(({ name, tool }): ReadonlyArray<LeftOut> => (tool === undefined ? [{ tool: name, why: "it is not installed" }] : []))
const tools = [sediment, ...peers.flatMap(({ tool }) => tool ?? [])]
const folder = options.folder === undefined ? mkdtempSync(join(tmpdir(), "sediment-bench-")) : resolve(options.folder)
mkdirSync(folder, { recursive: true })
const tell = (what: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${what}`)
}

const machine = {
  cpu: cpus()[0]?.model ?? "unknown",
  cores: availableParallelism(),
  memoryMiB: Math.round(totalmem() / 2 ** 20),
  platform: process.platform,
  /** How many processes wanted a core in the minute before. */
  load: loadavg()[0]!
}
const bare = await bareNode(folder)
const results: Array<DagResult> = []
for (const shape of wantedShapes)
  for (const nodes of sizes) {
    const layout = layoutOf(shape, nodes)
    const { leftOut, measured } = await measureAll(new GeneratedDag(layout, join(folder, `${shape}-${nodes}`)), tools, { rounds, wanted }, tell)
    const edges = Array.from({ length: nodes }, (_, node) => layout.inputsOf(node).length).reduce((total, count) => total + count, 0)
    results.push({ shape, nodes, edges, measured, leftOut: [...missing, ...leftOut] })
    tell("")
    if (!options.json) console.log(`${tableOf(results.at(-1)!)}\n`)
  }
if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })

const versions = { node: process.version, ...Object.fromEntries(tools.map(({ name, version }) => [name, version])) }
if (options.json) console.log(JSON.stringify({ version: 1, benchmark: "engine", machine, versions, bareNodeMs: bare, results }))
else {
  console.log(`wall times with the program's start, medians; "sediment : peer" is how many times the peer's time; Node starts in ${median(bare).toFixed(0)} ms`)
  console.log(
    `${machine.cpu}, ${machine.cores} cores, load ${machine.load.toFixed(1)} when it began; ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ")}`
  )
}
if (results.some(({ leftOut }) => leftOut.some(({ tool }) => tool === sediment.name))) process.exitCode = 1
