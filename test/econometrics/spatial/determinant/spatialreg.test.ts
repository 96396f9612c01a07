import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { determinant } from "../../../../src/econometrics/spatial/determinant/determinant.ts"
import type { DeterminantMethod } from "../../../../src/econometrics/spatial/determinant/method.ts"
import { traceOuter } from "../../../../src/econometrics/spatial/determinant/trace-outer.ts"
import { nearestNeighbours } from "../../../../src/econometrics/spatial/weights/distance-weights.ts"
import { rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import type { SparseMatrix } from "../../../../src/linalg/sparse-matrix.ts"
import { lattice } from "../../../linalg/sparse-arbitrary.ts"
import { boston as tracts } from "../spatial-data.ts"
import { boston } from "../weights/spdep.ts"
import { standardized } from "./weights-arbitrary.ts"

type Numbers = ReadonlyArray<number>
/** What test/oracle/spatial-determinant.R wrote. */
const oracle: {
  readonly rho: Numbers
  readonly boston: Readonly<Record<"matrix" | "eigen" | "trace" | "square" | "outer", Numbers>> & { readonly bounds: readonly [number, number] }
  readonly boston_knn6: Readonly<Record<"lu" | "trace" | "square" | "outer", Numbers>>
  readonly lattice: Readonly<Record<"lu", Numbers>>
} = JSON.parse(readFileSync(new URL("../../../oracle/spatial-determinant.json", import.meta.url), "utf8"))

const contiguity = tracts().weights.matrix
const nearest = rowStandardize(nearestNeighbours(boston.entities, boston.ellipsoid, 6)).matrix

const expectNear = (found: number, reference: number, relative: number) => {
  expect(Math.abs(found - reference)).toBeLessThan(relative * Math.max(1, Math.abs(reference)))
}

describe("ln|I - rho W| of Boston's tracts beside spatialreg's", () => {
  it("contiguity and six nearest neighbours, with traces, by every exact method", () => {
    const cases: ReadonlyArray<readonly [SparseMatrix, Numbers, Readonly<Record<"trace" | "square", Numbers>>, DeterminantMethod]> = [
      [contiguity, oracle.boston.eigen, oracle.boston, "eigenvalues"],
      [contiguity, oracle.boston.matrix, oracle.boston, "sparse"],
      [nearest, oracle.boston_knn6.lu, oracle.boston_knn6, "hessenberg"],
      [nearest, oracle.boston_knn6.lu, oracle.boston_knn6, "sparse"]
    ]
    for (const [w, logAbsolute, { trace, square }, method] of cases) {
      const d = determinant(w, { method })
      oracle.rho.forEach((rho, i) => {
        expectNear(d.logAbsolute(rho), logAbsolute[i]!, 1e-11)
        expectNear(d.trace(rho), trace[i]!, 1e-10)
        expectNear(d.traceSquare(rho), square[i]!, Math.abs(rho) < 0.9 ? 1e-9 : 1e-8)
      })
    }
  })
  it("bounds of rho, of which the sparse one lies inside", () => {
    const [lower, upper] = oracle.boston.bounds
    const [eigen, sparse] = (["eigenvalues", "sparse"] as const).map((method) => determinant(contiguity, { method }))
    expectNear(eigen!.lower, lower, 1e-12)
    expectNear(eigen!.upper, upper, 1e-12)
    expect(sparse!.upper).toBe(1)
    expect(sparse!.lower).toBeGreaterThanOrEqual(lower)
    expect(sparse!.lower).toBeLessThan(lower + 0.01)
  })
  it("tr(G'G)", () => {
    oracle.rho.forEach((rho, i) => {
      expectNear(traceOuter(contiguity, rho).value, oracle.boston.outer[i]!, 1e-10)
      expectNear(traceOuter(nearest, rho).value, oracle.boston_knn6.outer[i]!, 1e-10)
    })
  })
})

describe("ln|I - rho W| of a lattice of 50 x 50 places", () => {
  it("is spatialreg's", () => {
    const d = determinant(standardized(lattice(50)))
    expect(d.description).toBe("sparse Cholesky factors")
    oracle.rho.forEach((rho, i) => {
      expectNear(d.logAbsolute(rho), oracle.lattice.lu[i]!, 1e-12)
    })
  })
})
