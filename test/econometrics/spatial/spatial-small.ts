import { fromMatrix, rowStandardize } from "../../../src/econometrics/spatial/weights/weights-matrix.ts"

/** Five entities, four years, two regressors: numbers without a meaning, small enough for dense checks. */
export const small = {
  weights: rowStandardize(fromMatrix(["a", "b", "c", "d", "e"], Float64Array.of(0, 1, 0, 0, 2, 1, 0, 3, 0, 0, 0, 1, 0, 1, 1, 0, 0, 4, 0, 1, 1, 0, 1, 1, 0))),
  data: {
    dependent: Float64Array.of(3.1, 2.7, 4.4, 5.0, 1.2, 1.9, 0.4, 2.2, 7.5, 6.1, 6.6, 8.0, 2.0, 3.3, 3.1, 2.9, 5.5, 4.1, 6.3, 5.2),
    regressors: [
      Float64Array.of(1, 0.2, 1.7, 2.1, 0.3, 0.9, -0.5, 0.1, 2.2, 1.1, 1.9, 2.5, 0.7, 0.8, 1.6, 0.2, 1.3, 0.1, 1.8, 1.5),
      Float64Array.of(0.5, 1.5, -0.2, 0.7, 1.1, 0.4, 0.9, -1.3, 0.2, 0.6, -0.8, 1.2, 1.9, 0.3, -0.4, 0.8, -1.1, 0.2, 0.5, 1.4)
    ],
    names: ["x", "z"]
  },
  entities: 5,
  periods: 4
}
