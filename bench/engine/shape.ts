/** The generated DAGs, as plain numbers: every tool builds its own files from this, and a study's dag.ts imports its copy. So this file imports nothing. */

export type Shape = "chain" | "layered" | "wide"
export const shapes: ReadonlyArray<Shape> = ["chain", "layered", "wide"]

/** Nodes are numbered so that inputs come first. The first `first` of them read a file each; the last one reads a file of its own beside its inputs. */
export interface Layout {
  readonly shape: Shape
  readonly nodes: number
  readonly first: number
  readonly inputsOf: (node: number) => ReadonlyArray<number>
}

/** A join of the wide DAG takes about this many: the command line of a shell has an end. */
const JOINED = 1000

const range = (from: number, to: number): ReadonlyArray<number> => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)

const makers: Readonly<Record<Shape, (nodes: number) => Pick<Layout, "first" | "inputsOf">>> = {
  chain: () => ({ first: 1, inputsOf: (node) => (node === 0 ? [] : [node - 1]) }),
  /** Layers of width sqrt N; a node reads the one below it and that one's neighbour. */
  layered: (nodes) => {
    const width = Math.ceil(Math.sqrt(nodes))
    return {
      first: width,
      inputsOf: (node) => {
        const below = (Math.floor(node / width) - 1) * width
        return node < width ? [] : [below + (node % width), below + ((node + 1) % width)]
      }
    }
  },
  /** One layer, joined by one node, or by several in equal shares and one that joins these. */
  wide: (nodes) => {
    const joins = Math.ceil((nodes - 1) / (JOINED + 1))
    const first = nodes - joins - (joins > 1 ? 1 : 0)
    return {
      first,
      inputsOf: (node) => {
        if (node < first) return []
        if (joins > 1 && node === nodes - 1) return range(first, nodes - 1)
        const share = (join: number) => Math.floor((first * join) / joins)
        return range(share(node - first), share(node - first + 1))
      }
    }
  }
}

export const layoutOf = (shape: Shape, nodes: number): Layout => ({ shape, nodes, ...makers[shape](nodes) })

/** What a node computes: its number and the sum of what it reads, modulo a prime. So no two nodes come to the same by rounding, and an edit reaches all below it. */
export const PRIME = 2_147_483_647
