import { type SparseMatrix, transpose } from "./sparse-matrix.ts"

/** Is (j, i) kept wherever (i, j) is, whatever the values? */
export const isPatternSymmetric = (a: SparseMatrix): boolean => {
  if (a.rows !== a.columnCount) return false
  const turned = transpose(a)
  return a.starts.every((start, i) => start === turned.starts[i]) && a.columns.every((column, at) => column === turned.columns[at])
}

/** The components of the graph that joins i and j where (i, j) or (j, i) is kept: `component[i]` counts from 0 in the order of their first members. */
export const connectedComponents = (a: SparseMatrix): { readonly count: number; readonly component: Int32Array } => {
  const turned = transpose(a)
  const component = new Int32Array(a.rows).fill(-1)
  const stack = new Int32Array(a.rows)
  let count = 0
  for (let root = 0; root < a.rows; root++) {
    if (component[root] !== -1) continue
    component[root] = count
    let top = 0
    stack[top++] = root
    while (top > 0) {
      const i = stack[--top]!
      for (const { starts, columns } of [a, turned])
        for (let at = starts[i]!; at < starts[i + 1]!; at++) {
          const j = columns[at]!
          if (component[j] !== -1) continue
          component[j] = count
          stack[top++] = j
        }
    }
    count++
  }
  return { count, component }
}

/** Does some path of entries that are not zero come back to where it began (a diagonal entry is one)? Without, the matrix is nilpotent: all its eigenvalues are zero. */
export const hasCycle = ({ rows, starts, columns, values }: SparseMatrix): boolean => {
  const into = new Int32Array(rows)
  for (let at = 0; at < columns.length; at++) if (values[at] !== 0) into[columns[at]!]!++
  const free: Array<number> = []
  for (let i = 0; i < rows; i++) if (into[i] === 0) free.push(i)
  let removed = 0
  for (let i = free.pop(); i !== undefined; i = free.pop()) {
    removed++
    for (let at = starts[i]!; at < starts[i + 1]!; at++) if (values[at] !== 0 && --into[columns[at]!]! === 0) free.push(columns[at]!)
  }
  return removed < rows
}
