/**
 * What the sparse kernels take on the weights of spatial models: an order, the symbolic analysis, one factorisation, ln|I - rho W| at 20 rho, a solve, and the
 * selected inverse where there is a Cholesky factor; milliseconds, the best of up to three. What is expected to take over 20 s is left out. Run: npm run bench -- sparse
 */
import { availableParallelism, cpus, loadavg } from "node:os"
import { fillReducingOrder } from "../src/linalg/fill-reducing-order.ts"
import { selectedInverse } from "../src/linalg/selected-inverse.ts"
import { similarSymmetric } from "../src/linalg/similar-symmetric.ts"
import { analyseCholesky, factorCholesky, solveSparseCholesky } from "../src/linalg/sparse-cholesky.ts"
import { exactLogDeterminant } from "../src/linalg/sparse-log-determinant.ts"
import { columnOrderForLU, factorSparseLU, solveSparseLU } from "../src/linalg/sparse-lu.ts"
import { type SparseMatrix, sparseIdentity } from "../src/linalg/sparse-matrix.ts"
import { addSparse, sparseTimesDense } from "../src/linalg/sparse-product.ts"
import { nearest, rook, symmetrized } from "./sparse/graphs.ts"

const RHO = 0.7
const RHOS = Array.from({ length: 20 }, (_, i) => -0.9 + (1.85 * i) / 19)
const LIMIT = 20_000

const timed = <A>(run: () => A): { readonly value: A; readonly ms: number } => {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0, spent = 0; ; round++) {
    const start = performance.now()
    const value = run()
    const ms = performance.now() - start
    best = Math.min(best, ms)
    spent += ms
    if (round === 2 || spent > 1000) return { value, ms: best }
  }
}
const shown = (ms: number | undefined) => (ms === undefined ? "-" : ms.toFixed(ms < 10 ? 1 : 0))
const residual = (a: SparseMatrix, x: Float64Array, b: Float64Array) =>
  sparseTimesDense(a, x).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)

const measure = (name: string, w: SparseMatrix): ReadonlyArray<string> => {
  const n = w.rows
  const symmetric = similarSymmetric(w)
  const a = addSparse(1, sparseIdentity(n), -RHO, symmetric ?? w)
  const b = Float64Array.from({ length: n }, (_, i) => Math.sin(i))
  const logDeterminants = (numeric: number) => (20 * numeric > LIMIT ? undefined : timed(() => RHOS.map(exactLogDeterminant(w))).ms)
  if (symmetric !== undefined) {
    const order = timed(() => fillReducingOrder(a))
    const symbolic = timed(() => analyseCholesky(a, order.value))
    const numeric = timed(() => factorCholesky(symbolic.value, a.values)!)
    const solve = timed(() => solveSparseCholesky(numeric.value, b))
    const inverse = timed(() => selectedInverse(numeric.value))
    const times = [order.ms, symbolic.ms, numeric.ms, logDeterminants(numeric.ms), solve.ms, inverse.ms].map(shown)
    return [name, String(n), "LL'", (numeric.value.values.length / n).toFixed(1), ...times, residual(a, solve.value, b).toExponential(0)]
  }
  const order = timed(() => columnOrderForLU(a))
  const numeric = timed(() => factorSparseLU(a, order.value))
  const solve = timed(() => solveSparseLU(numeric.value, b))
  const entries = numeric.value.lower.rows.length + numeric.value.upper.rows.length + n
  const times = [order.ms, undefined, numeric.ms, logDeterminants(numeric.ms), solve.ms, undefined].map(shown)
  return [name, String(n), "LU", (entries / n).toFixed(1), ...times, residual(a, solve.value, b).toExponential(0)]
}

const rows = [["weights", "N", "factor", "entries/N", "order", "symbolic", "numeric", "20 rho", "solve", "selected inverse", "residual"]]
for (const places of [500, 5000, 25_000, 100_000]) {
  const near = nearest(places, 6)
  rows.push(
    [...measure("6 nearest", near)],
    [...measure("6 nearest, either way", symmetrized(near))],
    [...measure("rook lattice", rook(Math.round(Math.sqrt(places))))]
  )
}
const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)))
for (const row of rows) console.log(row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join("  "))
console.log(`${cpus()[0]?.model ?? "unknown"}, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(2)}, Node ${process.version}`)
