/** Points in a few dimensions, for searches by Euclidean distance. Distances are squared throughout. */
export interface KdTree {
  /** The `count` points nearest to point `i`, itself among them, nearest first; which of several at one distance is not told. */
  readonly nearest: (i: number, count: number) => { readonly points: Int32Array; readonly squares: Float64Array }
  /** The points whose squared distance from point `i` is at most `square`, itself among them, in no order. */
  readonly within: (i: number, square: number) => ReadonlyArray<number>
}

const LEAF = 12

/** Bentley's k-d tree (1975) of n points, row-major n x dimension, split at the median of the widest coordinate: O(n log n) to build, O(log n + found) to search. */
export const kdTree = (coordinates: Float64Array, dimension: number): KdTree => {
  const n = coordinates.length / dimension
  const ids = Int32Array.from({ length: n }, (_, i) => i)
  const axes = new Uint8Array(n)
  const at = (place: number, axis: number) => coordinates[ids[place]! * dimension + axis]!

  const widest = (left: number, right: number): number => {
    let [axis, spread] = [0, -1]
    for (let d = 0; d < dimension; d++) {
      let [least, most] = [Infinity, -Infinity]
      for (let place = left; place <= right; place++) {
        const value = at(place, d)
        if (value < least) least = value
        if (value > most) most = value
      }
      if (most - least > spread) [axis, spread] = [d, most - least]
    }
    return axis
  }
  /** Hoare's selection: afterwards what is left of `middle` is not larger on the axis, what is right of it not smaller. */
  const select = (left: number, right: number, middle: number, axis: number): void => {
    while (left < right) {
      const pivot = at((left + right) >> 1, axis)
      let [i, j] = [left, right]
      while (i <= j) {
        while (at(i, axis) < pivot) i++
        while (at(j, axis) > pivot) j--
        if (i <= j) {
          const id = ids[i]!
          ids[i++] = ids[j]!
          ids[j--] = id
        }
      }
      if (middle <= j) right = j
      else if (middle >= i) left = i
      else return
    }
  }
  const build = (left: number, right: number): void => {
    if (right - left < LEAF) return
    const middle = (left + right) >> 1
    const axis = widest(left, right)
    select(left, right, middle, axis)
    axes[middle] = axis
    build(left, middle - 1)
    build(middle + 1, right)
  }
  build(0, n - 1)
  // In the order of the tree, so that a search reads what lies side by side.
  const sorted = new Float64Array(coordinates.length)
  ids.forEach((id, place) => {
    for (let d = 0; d < dimension; d++) sorted[place * dimension + d] = coordinates[id * dimension + d]!
  })

  /** Goes through all points that may lie within `reach()`, the nearer half of each split first. */
  const search = (target: number, reach: () => number, visit: (id: number, square: number) => void): void => {
    const from = target * dimension
    const look = (place: number) => {
      let square = 0
      for (let d = 0; d < dimension; d++) square += (sorted[place * dimension + d]! - coordinates[from + d]!) ** 2
      if (square <= reach()) visit(ids[place]!, square)
    }
    const descend = (left: number, right: number): void => {
      if (right - left < LEAF) {
        for (let place = left; place <= right; place++) look(place)
        return
      }
      const middle = (left + right) >> 1
      const gap = coordinates[from + axes[middle]!]! - sorted[middle * dimension + axes[middle]!]!
      look(middle)
      if (gap <= 0) descend(left, middle - 1)
      else descend(middle + 1, right)
      if (gap * gap > reach()) return
      if (gap <= 0) descend(middle + 1, right)
      else descend(left, middle - 1)
    }
    descend(0, n - 1)
  }

  return {
    nearest: (i, count) => {
      const size = Math.min(count, n)
      const points = new Int32Array(size)
      const squares = new Float64Array(size).fill(Infinity)
      let found = 0
      search(
        i,
        () => squares[size - 1]!,
        (id, square) => {
          if (found === size && square >= squares[size - 1]!) return
          let to = found < size ? found++ : size - 1
          for (; to > 0 && squares[to - 1]! > square; to--) {
            squares[to] = squares[to - 1]!
            points[to] = points[to - 1]!
          }
          squares[to] = square
          points[to] = id
        }
      )
      return { points, squares }
    },
    within: (i, square) => {
      const found: Array<number> = []
      search(
        i,
        () => square,
        (id) => found.push(id)
      )
      return found
    }
  }
}
