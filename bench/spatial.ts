/**
 * Spatial models beside R's spatialreg (and splm for panels, where it is installed) in one run: maximum likelihood with standard errors and, where told, effects
 * of 1,000 draws. Each case is a process of its own; CPU seconds of the first fit of a process, of the median one and of R. docs/benchmarks.md tells how to read it.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { cpus, loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { call } from "./spatial/beside-r.ts"
import { LINKS, simulate, writeCase } from "./spatial/cases.ts"

interface Case {
  readonly kind: "sar" | "sdm" | "sar, effects" | "eigenvalues"
  readonly links: string
  readonly places: number
  readonly periods?: number
}
const CASES: ReadonlyArray<Case> = [
  { kind: "sdm", links: "6 nearest", places: 31, periods: 19 },
  { kind: "sar, effects", links: "6 nearest, either way", places: 49 },
  { kind: "sar, effects", links: "6 nearest, either way", places: 500 },
  ...[500, 2000, 5000].flatMap((places) =>
    (["6 nearest", "6 nearest, either way"] as const).flatMap((links) => (["sar", "sdm"] as const).map((kind) => ({ kind, links, places })))
  ),
  { kind: "eigenvalues", links: "1/d", places: 2000 },
  { kind: "sar", links: "6 nearest, either way", places: 25_000 },
  { kind: "sar", links: "6 nearest", places: 25_000 },
  { kind: "sar", links: "6 nearest, either way", places: 100_000 }
]
/** R is not asked for more: it would take minutes. */
const MOST_IN_R = 25_000

const { json, "no-r": noR, most } = parseArgs({ options: { json: { type: "boolean" }, "no-r": { type: "boolean" }, most: { type: "string" } } }).values
const beside = (name: string): string => fileURLToPath(new URL(`./spatial/${name}`, import.meta.url))
const apart = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): number => Math.max(...a.map((value, i) => Math.abs(value - b[i]!) / Math.abs(b[i]!)))

const folder = mkdtempSync(join(tmpdir(), "sediment-bench-"))
const results = CASES.filter(({ places }) => places <= Number(most ?? Number.POSITIVE_INFINITY)).map((one) => {
  const { kind, links, periods = 1, places } = one
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${kind}, ${links}, ${places}`)
  const asked = [String(places), String(periods)]
  const own = call<{ first: number; median: number; estimates: ReadonlyArray<number> }>(process.execPath, [beside("models.ts"), kind, links, ...asked])!
  let inR: { seconds: number; method: string; estimates: ReadonlyArray<number> } | undefined
  if (noR !== true && places <= MOST_IN_R) {
    writeCase(folder, simulate(LINKS[links]!(places), periods))
    inR = call("Rscript", [beside("models.R"), folder, kind, ...asked])
  }
  return {
    ...one,
    periods,
    first: own.first,
    sediment: own.median,
    r: inR?.seconds,
    method: inR?.method,
    agreement: inR === undefined || inR.estimates.length === 0 ? undefined : apart(own.estimates, inR.estimates)
  }
})
if (process.stderr.isTTY) process.stderr.write("\r\x1b[K")
rmSync(folder, { recursive: true })
if (json === true) console.log(JSON.stringify({ version: 1, cpu: cpus()[0]?.model, load: loadavg()[0], results }))
else {
  const seconds = (value: number | undefined): string => (value === undefined ? "-" : value.toFixed(4))
  console.log(["model", "weights", "places", "periods", "first fit", "Sediment", "R", "R by", "R / Sediment", "largest difference"].join("\t"))
  for (const { agreement, first, kind, links, method, periods, places, r, sediment } of results)
    console.log(
      [
        kind,
        links,
        places,
        periods,
        seconds(first),
        seconds(sediment),
        seconds(r),
        method ?? "-",
        r === undefined ? "-" : `${(r / sediment).toFixed(1)}x`,
        agreement?.toExponential(0) ?? "-"
      ].join("\t")
    )
  console.log(`${cpus()[0]?.model ?? "unknown"}, load ${loadavg()[0]!.toFixed(2)}, Node ${process.version}`)
}
