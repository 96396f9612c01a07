import type { Piece, Text } from "./document.ts"
import type { NodeFacts, StudyFacts } from "./facts.ts"

/** Names as code, with commas between. */
export const codes = (names: ReadonlyArray<string>): ReadonlyArray<Piece> => names.flatMap((code, i) => (i === 0 ? [{ code }] : [", ", { code }]))

/** How an output of a node is named in a command. */
export const reference = (node: Pick<NodeFacts, "name" | "outputs">, output: string): string =>
  Object.keys(node.outputs).length === 1 ? node.name : `${node.name}.${output}`

/** Where a result comes from and how to have its numbers: the node, the line of dag.ts, the command. */
export const provenance = (facts: StudyFacts, node: NodeFacts, output: string): Text => {
  const name = reference(node, output)
  const at = facts.past && facts.run !== undefined ? ["--run", facts.run.run] : []
  return [
    { code: name },
    node.place === undefined ? "" : `, ${node.place.file} line ${node.place.line}`,
    ". Its data: ",
    { code: facts.command("show", ...at, "--data", name) }
  ]
}

/** What there is to say of a node that is not up to date, or nothing. */
export const standingOf = (node: NodeFacts): ReadonlyArray<Text> => {
  if (node.standing === "fresh") return []
  const what = node.made === undefined ? "There is no result" : "Not up to date"
  return [[{ strong: what }, node.why === "" ? "." : `: ${node.why}.`]]
}

/** An anchor for each name: letters, digits, - and _, no two the same. */
export const anchorsOf = (prefix: string, names: ReadonlyArray<string>): ReadonlyMap<string, string> => {
  const taken = new Set<string>()
  return new Map(
    names.map((name) => {
      const plain = `${prefix}-${name.replace(/[^A-Za-z0-9_]+/g, "-").replace(/^-+|-+$/g, "")}`
      let id = plain
      for (let n = 2; taken.has(id.toLowerCase()); n++) id = `${plain}-${n}`
      taken.add(id.toLowerCase())
      return [name, id] as const
    })
  )
}
