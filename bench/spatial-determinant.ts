/**
 * What ln|I - rho W| takes by each exact method: to make ready, 24 values over the interval of rho and the polynomials around rho = 0.6 as for an estimate, and tr G
 * at 1,000 rho near it as for simulated effects; then tr(G'G), and a solution at one rho. CPU milliseconds (all threads) of the second time in a process
 * (the first, where it takes over 3 s). The method that is chosen has a star. What is expected to take over 10 s is left out.
 * Run: npm run bench -- spatial-determinant [PLACES ...]
 */
import { availableParallelism, cpus, loadavg } from "node:os"
import { chooseMethod } from "../src/econometrics/spatial/determinant/choice.ts"
import { determinant } from "../src/econometrics/spatial/determinant/determinant.ts"
import type { DeterminantMethod } from "../src/econometrics/spatial/determinant/method.ts"
import { spatialSolver } from "../src/econometrics/spatial/determinant/spatial-solver.ts"
import { traceOuter } from "../src/econometrics/spatial/determinant/trace-outer.ts"
import { factorFill } from "../src/linalg/factor-fill.ts"
import { fillReducingOrder } from "../src/linalg/fill-reducing-order.ts"
import { similarSymmetric } from "../src/linalg/similar-symmetric.ts"
import { symmetricPattern } from "../src/linalg/sparse-log-determinant.ts"
import type { SparseMatrix } from "../src/linalg/sparse-matrix.ts"
import { inverseDistances, nearest, rook, symmetrized } from "./sparse/graphs.ts"

const LIMIT = 10
const LONG = 3000

/** The result and the CPU milliseconds of a second call, or of the first if that was long. */
const timed = <A>(run: () => A): readonly [A, number] => {
  const once = () => {
    const start = process.cpuUsage()
    const value = run()
    const { system, user } = process.cpuUsage(start)
    return [value, (user + system) / 1000] as const
  }
  const first = once()
  return first[1] > LONG ? first : once()
}
const shown = (ms: number) => ms.toFixed(ms < 10 ? 2 : 0)

/** Seconds, roughly; Infinity where the method is not for such weights. */
const expected = (w: SparseMatrix, symmetric: SparseMatrix | undefined, method: DeterminantMethod): number => {
  const n = w.rows
  if (method === "eigenvalues") return (symmetric === undefined ? 2.5e-9 : 1e-9) * n ** 3
  if (method === "hessenberg") return symmetric === undefined ? 1e-9 * n ** 3 : Number.POSITIVE_INFINITY
  const pattern = symmetricPattern(w)
  return 45e-9 * factorFill(pattern, fillReducingOrder(pattern))!.operations
}

const measure = (name: string, w: SparseMatrix): ReadonlyArray<ReadonlyArray<string>> => {
  const symmetric = similarSymmetric(w)
  const chosen = chooseMethod(w, symmetric).method
  const methods = (["eigenvalues", "hessenberg", "sparse"] as const).filter((method) => expected(w, symmetric, method) < LIMIT)
  return methods.map((method, row) => {
    const [, estimate] = timed(() => {
      const d = determinant(w, { method })
      for (let i = 0; i < 24; i++) d.logAbsolute(d.lower + ((i + 0.5) / 24) * (d.upper - d.lower))
      return d.trace(0.6) + d.trace(0.5)
    })
    const d = determinant(w, { method })
    d.trace(0.6)
    const [, simulated] = timed(() => Array.from({ length: 1000 }, (_, i) => d.trace(0.55 + i * 1e-4)))
    const once = row === 0 ? [timed(() => traceOuter(w, 0.6))[1], timed(() => spatialSolver(w, 0.6).solve(new Float64Array(w.rows).fill(1)))[1]] : []
    return [name, String(w.rows), `${d.description}${method === chosen ? " *" : ""}`, ...[estimate, simulated, ...once].map(shown)]
  })
}

const asked = process.argv.slice(2).map(Number)
const rows: Array<ReadonlyArray<string>> = [["weights", "N", "by", "for an estimate", "1,000 traces", "tr G'G", "solution"]]
for (const places of asked.length > 0 ? asked : [31, 200, 500, 1000, 2000, 5000, 25_000]) {
  rows.push(...measure("6 nearest", nearest(places, 6)))
  if (places > 30) rows.push(...measure("6 nearest, either way", symmetrized(nearest(places, 6))))
  rows.push(...measure("rook lattice", rook(Math.round(Math.sqrt(places)))))
  if (places > 200 && places <= 5000) rows.push(...measure("100 nearest", nearest(places, 100)))
  if (places <= 2000) rows.push(...measure("1/d", inverseDistances(places)), ...measure("1/d, heavier one way", inverseDistances(places, 2)))
}
const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => (row[c] ?? "").length)))
for (const row of rows) console.log(row.map((cell, c) => (c === 0 || c === 2 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join("  "))
console.log(`${cpus()[0]?.model ?? "unknown"}, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(2)}, Node ${process.version}`)
