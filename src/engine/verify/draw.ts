import { hash } from "node:crypto"

/** Some of the nodes, drawn by chance: at least one if there is any. One seed draws the same, and of a larger share more besides. */
export const draw = <A extends { readonly name: string }>(nodes: ReadonlyArray<A>, share: number, seed: string): ReadonlyArray<A> => {
  const rank = new Map(nodes.map(({ name }) => [name, hash("sha256", JSON.stringify([seed, name]))]))
  const drawn = new Set([...nodes].sort((a, b) => (rank.get(a.name)! < rank.get(b.name)! ? -1 : 1)).slice(0, Math.ceil(share * nodes.length)))
  return nodes.filter((node) => drawn.has(node))
}
