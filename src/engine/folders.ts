/** A study's folders, filled in with the files that lie in them when it is loaded. */
import { hash } from "node:crypto"
import { resolve } from "node:path"
import { type FilesWire, type FolderWire, folderLabel, type Graph, type GraphNode, isFiles } from "../dag/dag.ts"
import type { Fault } from "../dag/stage.ts"
import type { FileMemory } from "./file-memory.ts"
import { type FolderListing, listFolder, someOf } from "./folder-listing.ts"

const keyOf = ({ match, path }: FolderWire): string => JSON.stringify([path, match])
const inFolder = (folder: string, file: string): string => (folder === "." ? file : folder === "/" ? `/${file}` : `${folder}/${file}`)

interface Filled {
  readonly graph: Graph
  /** A name for what lies in the folders: "" where there are none. */
  readonly identity: string
  /** Files that are given two different notes. */
  readonly faults: ReadonlyArray<Fault>
}

/** The graph with the files of its folders as its sources, and as the inputs of the nodes that read the folders. `files` is told which folders were looked into. */
export const fillFolders = (graph: Graph, directory: string, files: FileMemory): Filled => {
  if (graph.folders.length === 0) return { graph, identity: "", faults: [] }
  const wires = new Map<string, FilesWire>()
  const notes = new Map(graph.sources.map(({ note, path }) => [path, note]))
  const faults: Array<Fault> = []
  for (const { note, ...folder } of graph.folders) {
    const at = resolve(directory, folder.path)
    const listing: FolderListing = listFolder(at, folder.match) ?? { files: [], refused: [], lookedInto: [""] }
    for (const below of listing.lookedInto) files.identity(`${resolve(at, below)}/`)
    const paths = listing.files.map((file) => inFolder(folder.path, file))
    const refused = listing.refused.map((one) => ({ ...one, file: inFolder(folder.path, one.file) }))
    for (const path of paths) {
      if (notes.has(path) && notes.get(path) !== note)
        faults.push({
          code: "source-note",
          message: `the file ${path} is given two different notes, one of them with its folder ${folderLabel(folder)}`,
          where: { file: path }
        })
      notes.set(path, note)
    }
    wires.set(keyOf(folder), { files: paths.map((source) => ({ source })), folder: refused.length === 0 ? folder : { ...folder, refused } })
  }
  const fill = (node: GraphNode): GraphNode => {
    const inputs = Object.entries(node.inputs)
    if (!inputs.some(([, wired]) => isFiles(wired) && wired.folder !== undefined)) return node
    const filled = inputs.map(([name, wired]) => [name, isFiles(wired) && wired.folder !== undefined ? wires.get(keyOf(wired.folder))! : wired] as const)
    return { ...node, inputs: Object.fromEntries(filled) }
  }
  let nodes: ReadonlyArray<GraphNode> | undefined
  const { commands, folders, seed, study, targets } = graph
  return {
    graph: {
      study,
      seed,
      targets,
      folders,
      commands,
      sources: [...notes].map(([path, note]) => ({ path, note })),
      // Not before they are asked for: of a study where nothing is to be done they are not read.
      get nodes() {
        return (nodes ??= graph.nodes.map(fill))
      }
    },
    identity: hash("sha256", JSON.stringify([...wires])),
    faults
  }
}

const ofLink = { outside: "is a link that leads out of the folder", broken: "is a link that leads nowhere" } as const

/** What keeps a node from reading its folders: one with nothing to read in it, and files that may not be taken. */
export const folderFaults = (node: Pick<GraphNode, "inputs">, directory: string, dagFile: string): ReadonlyArray<Fault> =>
  Object.values(node.inputs).flatMap((wired): ReadonlyArray<Fault> => {
    if (!isFiles(wired) || wired.folder === undefined) return []
    const { match, path, refused = [] } = wired.folder
    if (refused.length > 0)
      return refused.map(({ file, link }) => ({
        code: `link-${link}`,
        message: `${file} ${ofLink[link]}; ${link === "outside" ? "put the file itself there, or name it with dag.source" : "put a file there, or take the link away"}`,
        where: { file }
      }))
    if (wired.files.length > 0) return []
    const there = someOf(resolve(directory, path))
    if (there === undefined)
      return [
        {
          code: "missing-folder",
          message: `there is no folder ${path} that can be read (looked for in ${directory}); put it there, or correct its path in ${dagFile}`,
          where: { file: path }
        }
      ]
    const shown = there.length === 0 ? "it is empty" : `it has ${there.slice(0, 5).join(", ")}${there.length > 5 ? ` and ${there.length - 5} more` : ""}`
    const message = `no file in the folder ${path} fits ${match}: ${shown}; put the files there, or correct the pattern in ${dagFile}`
    return [{ code: "empty-folder", message, where: { file: path, expected: match } }]
  })
