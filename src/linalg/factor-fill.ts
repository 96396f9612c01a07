import { eliminationTree, postorder } from "./elimination-tree.ts"
import { permute, type SparseMatrix } from "./sparse-matrix.ts"

/** What a sparse factor costs. */
export interface FactorFill {
  /** Of L, the diagonal included. */
  readonly entries: number
  /** Multiplications of a Cholesky factorisation: the sum over columns of their entries' squares. */
  readonly operations: number
}

/**
 * The entries of the Cholesky factor of P A P' for a symmetric pattern and an order, and the work to find them, without the factor: the time is that of its
 * entries, the memory that of A. Undefined as soon as there are more than `most`.
 */
export const factorFill = (a: SparseMatrix, order: Int32Array, most = Number.POSITIVE_INFINITY): FactorFill | undefined => {
  const n = a.rows
  const tree = eliminationTree(permute(a, order, order))
  const post = postorder(tree).map((k) => order[k]!)
  const { starts, columns } = permute(a, post, post)
  const parent = eliminationTree({ ...a, starts, columns })
  const counts = new Int32Array(n).fill(1)
  const seen = new Int32Array(n).fill(-1)
  let entries = n
  for (let k = 0; k < n; k++) {
    seen[k] = k
    // Row k of L: the paths of the tree from the entries of row k of A up to k.
    for (let at = starts[k]!; at < starts[k + 1]! && columns[at]! < k; at++)
      for (let j = columns[at]!; seen[j] !== k; j = parent[j]!) {
        seen[j] = k
        counts[j]!++
        entries++
      }
    if (entries > most) return undefined
  }
  let operations = 0
  for (const count of counts) operations += count * count
  return { entries, operations }
}
