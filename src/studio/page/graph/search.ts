/** What a search finds: each of its words in a node's name, its stage, its layer, or how it stands. */
import type { StudyGraph } from "../../messages/graph.ts"
import { inWords, type State } from "./states.ts"

/** Positions in the nodes followed by the files, those first whose name begins with what is searched; undefined where nothing is searched. */
export const found = (graph: StudyGraph, states: ReadonlyArray<State>, search: string): ReadonlyArray<number> | undefined => {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "")
  if (words.length === 0) return undefined
  const texts = [
    ...graph.nodes.map(({ layer, name, stage }) => [name, stage, graph.layers[layer]!.kind]),
    ...graph.files.map(({ path }) => [path, "file", "sources"])
  ].map((own, i) => [...own, inWords(states[i]!)].join("\n").toLowerCase())
  const all = texts.flatMap((text, i) => (words.every((word) => text.includes(word)) ? [i] : []))
  const rank = (i: number) => (texts[i]!.startsWith(`${search.toLowerCase().trim()}\n`) ? 0 : texts[i]!.startsWith(words[0]!) ? 1 : 2)
  return all.sort((a, b) => rank(a) - rank(b))
}
