import fc from "fast-check"
import { fromPairs, type WeightsMatrix } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"

/** Positive weights of all pairs, row-major with the diagonal unused. */
export const weightsOf = (size: number, links: ReadonlyArray<number>): WeightsMatrix =>
  fromPairs(
    Array.from({ length: size }, (_, i) => `e${i}`),
    (i, j) => links[i * size + j]!
  )

/** Four to eight entities: values that vary, positive weights, and a permutation of the entities. */
export const smallCases = fc.integer({ min: 4, max: 8 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    x: fc.array(fc.integer({ min: -50, max: 50 }), { minLength: size, maxLength: size }).filter((values) => new Set(values).size > 1),
    links: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: size * size, maxLength: size * size }),
    order: fc.shuffledSubarray(
      Array.from({ length: size }, (_, i) => i),
      { minLength: size, maxLength: size }
    )
  })
)

/** All arrangements of some values. */
export const arrangements = (values: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<number>> =>
  values.length === 0 ? [[]] : values.flatMap((first, i) => arrangements([...values.slice(0, i), ...values.slice(i + 1)]).map((others) => [first, ...others]))
