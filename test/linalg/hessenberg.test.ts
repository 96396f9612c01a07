import { expect, it } from "vitest"
import { hessenberg } from "../../src/linalg/hessenberg.ts"
import { logAbsDeterminant, luFactor } from "../../src/linalg/lu.ts"

it("has zeros below the subdiagonal, and the trace and determinant of the matrix", () => {
  const size = 6
  const matrix = Float64Array.from({ length: size * size }, (_, at) => Math.sin(at * at + 1) + (at % 7 === 0 ? 3 : 0))
  const h = hessenberg(matrix, size)
  for (let i = 0; i < size; i++) for (let j = 0; j < i - 1; j++) expect(h[i * size + j]).toBe(0)
  const trace = (a: Float64Array) => Array.from({ length: size }, (_, i) => a[i * size + i]!).reduce((sum, x) => sum + x, 0)
  expect(trace(h)).toBeCloseTo(trace(matrix), 12)
  expect(logAbsDeterminant(luFactor(h, size))).toBeCloseTo(logAbsDeterminant(luFactor(matrix, size)), 10)
})
