/**
 * What ln|I - rho W| takes by each method: 12 values over (-1, 1) as in a search, tr G at 1,000 rho near an estimate as for simulated effects, tr G'G and a
 * solution at one rho; milliseconds of a second determinant of the same weights. Run: npm run bench -- spatial-determinant [PLACES ...]
 */
import { availableParallelism, cpus, loadavg } from "node:os"
import { determinant } from "../src/econometrics/spatial/determinant/determinant.ts"
import type { DeterminantMethod } from "../src/econometrics/spatial/determinant/method.ts"
import { spatialSolver } from "../src/econometrics/spatial/determinant/spatial-solver.ts"
import { traceOuter } from "../src/econometrics/spatial/determinant/trace-outer.ts"
import type { SparseMatrix } from "../src/linalg/sparse-matrix.ts"
import { nearest, rook, symmetrized } from "./sparse/graphs.ts"

const timed = <A>(run: () => A): readonly [A, number] => {
  const start = performance.now()
  const value = run()
  return [value, performance.now() - start]
}

const measure = (name: string, w: SparseMatrix, method: DeterminantMethod | "auto"): ReadonlyArray<string> => {
  const round = () => {
    const [d, made] = timed(() => determinant(w, { method }))
    const [, search] = timed(() => Array.from({ length: 12 }, (_, i) => d.logAbsolute(-0.9 + 0.16 * i)))
    const [, traces] = timed(() => Array.from({ length: 1000 }, (_, i) => d.trace(0.5 + i * 1e-4)))
    const [, outer] = timed(() => traceOuter(w, 0.6))
    const [, solved] = timed(() => spatialSolver(w, 0.6).solve(new Float64Array(w.rows).fill(1)))
    return { d, times: [made, search, traces, outer, solved] }
  }
  const first = round()
  const { d, times } = first.times.reduce((sum, ms) => sum + ms, 0) > 5000 ? first : round()
  return [name, String(w.rows), d.description, ...times.map((ms) => ms.toFixed(ms < 10 ? 2 : 0))]
}

const sizes = process.argv.slice(2).map(Number)
const rows = [["weights", "N", "method", "made", "12 values", "1,000 traces", "tr G'G", "solve"]]
for (const places of sizes.length > 0 ? sizes : [31, 100, 150, 200, 500, 2000, 5000])
  for (const [name, w] of [
    ["6 nearest", nearest(places, 6)],
    ["6 nearest, either way", symmetrized(nearest(places, 6))],
    ["rook lattice", rook(Math.round(Math.sqrt(places)))]
  ] as const)
    for (const method of places <= 500 ? (["eigenvalues", "sparse"] as const) : (["auto"] as const)) rows.push([...measure(name, w, method)])
const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)))
for (const row of rows) console.log(row.map((cell, c) => (c === 0 || c === 2 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join("  "))
console.log(`${cpus()[0]?.model ?? "unknown"}, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(2)}, Node ${process.version}`)
