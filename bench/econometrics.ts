/**
 * Two-way fixed effects with clustered standard errors and 8 regressors, beside R in the same run: lm without effects (a yardstick of the machine), plm, and
 * fixest where it is installed. docs/benchmarks.md tells how to read it.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { cpus, loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { generatePanel, REGRESSORS, type Shape, writePanel } from "./econometrics/panel.ts"

const SHAPES: ReadonlyArray<Shape> = [
  { entities: 31, years: 19 },
  { entities: 1000, years: 100 },
  { entities: 10_000, years: 100 }
].flatMap((shape) => [
  { ...shape, missing: 0 },
  { ...shape, missing: 0.1 }
])
/** plm takes minutes and more memory than most machines have beyond this. */
const PLM_ROWS = 200_000

interface Fitted {
  readonly times: ReadonlyArray<{ readonly wall: number; readonly cpu: number }>
  readonly peakMiB: number
  readonly dataMiB: number
  readonly coefficients: ReadonlyArray<number>
  readonly errors: ReadonlyArray<number>
}
interface InR {
  readonly R: string
  readonly lm: number
  readonly plm?: number
  readonly fixest?: number
  readonly coefficients?: ReadonlyArray<number>
  readonly errors?: ReadonlyArray<number>
}

const { json, "no-r": noR } = parseArgs({ options: { json: { type: "boolean" }, "no-r": { type: "boolean" } } }).values
const beside = (name: string): string => fileURLToPath(new URL(`./econometrics/${name}`, import.meta.url))
const call = <A>(program: string, args: ReadonlyArray<string>): A | undefined => {
  const done = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1e8 })
  return done.status === 0 ? (JSON.parse(done.stdout) as A) : undefined
}
const median = (values: ReadonlyArray<number>): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
const apart = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): number => Math.max(...a.map((value, i) => Math.abs(value - b[i]!) / Math.abs(b[i]!)))

const folder = mkdtempSync(join(tmpdir(), "sediment-bench-"))
const results = SHAPES.map((shape) => {
  const panel = generatePanel(shape)
  const file = join(folder, "panel.bin")
  writePanel(panel, file)
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${panel.rows} rows`)
  const own = call<Fitted>(process.execPath, [beside("fit.ts"), file, panel.rows > 5e5 ? "5" : "20"])!
  const inR = noR === true ? undefined : call<InR>("Rscript", [beside("peers.R"), file, String(REGRESSORS), panel.rows <= PLM_ROWS ? "plm" : "none"])
  const agreement = inR?.coefficients === undefined ? undefined : Math.max(apart(own.coefficients, inR.coefficients), apart(own.errors, inR.errors!))
  return {
    rows: panel.rows,
    missing: shape.missing,
    /** CPU seconds: of a process's first fit, and of the median one. */
    first: own.times[0]!.cpu,
    sediment: median(own.times.map(({ cpu }) => cpu)),
    wall: median(own.times.map(({ wall }) => wall)),
    peakMiB: own.peakMiB,
    dataMiB: own.dataMiB,
    lm: inR?.lm,
    plm: inR?.plm,
    fixest: inR?.fixest,
    agreement
  }
})
if (process.stderr.isTTY) process.stderr.write("\r\x1b[K")
rmSync(folder, { recursive: true })
if (json === true) console.log(JSON.stringify({ version: 1, cpu: cpus()[0]?.model, load: loadavg()[0], results }))
else {
  const seconds = (value: number | undefined): string => (value === undefined ? "-" : value.toFixed(4))
  const ratio = (value: number | undefined, own: number): string => (value === undefined ? "-" : `${(value / own).toFixed(1)}x`)
  console.log("two-way fixed effects, 8 regressors, clustered by entity; seconds of CPU, and how many times as long the others take")
  console.log(["rows", "missing", "first fit", "Sediment", "wall", "lm, no effects", "plm", "fixest", "peak MiB", "data MiB", "largest difference"].join("\t"))
  for (const r of results)
    console.log(
      [
        r.rows,
        `${r.missing * 100}%`,
        seconds(r.first),
        seconds(r.sediment),
        seconds(r.wall),
        `${seconds(r.lm)} ${ratio(r.lm, r.sediment)}`,
        `${seconds(r.plm)} ${ratio(r.plm, r.sediment)}`,
        `${seconds(r.fixest)} ${ratio(r.fixest, r.sediment)}`,
        r.peakMiB.toFixed(0),
        r.dataMiB.toFixed(0),
        r.agreement === undefined ? "-" : r.agreement.toExponential(1)
      ].join("\t")
    )
}
