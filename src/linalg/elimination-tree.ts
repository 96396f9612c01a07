import type { SparseMatrix } from "./sparse-matrix.ts"

/**
 * The elimination tree of a matrix with a symmetric pattern: `parent[j]` is the first row below the diagonal in column j of its Cholesky factor, -1 at a
 * root. Ancestors are followed over shortened paths (Liu 1986; Davis 2006, section 4.1), nearly linear in the entries.
 */
export const eliminationTree = ({ rows, starts, columns }: SparseMatrix): Int32Array => {
  const parent = new Int32Array(rows).fill(-1)
  const ancestor = new Int32Array(rows).fill(-1)
  for (let i = 0; i < rows; i++)
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      let j = columns[at]!
      while (j !== -1 && j < i) {
        const above = ancestor[j]!
        ancestor[j] = i
        if (above === -1) parent[j] = i
        j = above
      }
    }
  return parent
}

/** The nodes of a forest, each after all that lie below it, and each subtree in one piece. */
export const postorder = (parent: Int32Array): Int32Array => {
  const n = parent.length
  const firstChild = new Int32Array(n).fill(-1)
  const sibling = new Int32Array(n).fill(-1)
  for (let j = n - 1; j >= 0; j--)
    if (parent[j] !== -1) {
      sibling[j] = firstChild[parent[j]!]!
      firstChild[parent[j]!] = j
    }
  const order = new Int32Array(n)
  let placed = 0
  for (let root = 0; root < n; root++) {
    if (parent[root] !== -1) continue
    let j = root
    for (;;) {
      while (firstChild[j] !== -1) {
        const child = firstChild[j]!
        firstChild[j] = sibling[child]!
        j = child
      }
      order[placed++] = j
      if (j === root) break
      j = parent[j]!
    }
  }
  return order
}
