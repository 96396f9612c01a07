import { type GraphNode, isFiles, isList, upstreamOf } from "../dag/dag.ts"
import type { Fault } from "../dag/stage.ts"
import { folderFaults } from "./folders.ts"
import type { NodePlan } from "./plan.ts"
import type { Study } from "./study.ts"

/** What is told of a file that a node reads and that is not there. */
export const missingFile = (file: string, { directory, file: dagFile }: Pick<Study, "directory" | "file">): Fault => ({
  code: "missing-file",
  message: `there is no file ${file} that can be read (looked for in ${directory}); put it there, or correct its path in ${dagFile}`,
  where: { file }
})

/** What would keep a node from being executed, were it to run: files and folders that are not there, and the program of a command that is not optional, or whose version cannot be told. */
const hindrances = (study: Study, node: GraphNode): ReadonlyArray<Fault> => {
  const files = Object.values(node.inputs).flatMap((wired): ReadonlyArray<string> => {
    if (isFiles(wired)) return wired.folder === undefined ? wired.files.map(({ source }) => source) : []
    return !isList(wired) && "source" in wired ? [wired.source] : []
  })
  const lack = study.machine.lacks(node.stage)
  return [
    ...folderFaults(node, study.directory, study.file),
    ...[...new Set(files)].flatMap((file) => (study.source(file).sha256 === "absent" ? [missingFile(file, study)] : [])),
    ...(lack === undefined || (lack.missing !== undefined && study.machine.isOptional(node.stage)) ? [] : [lack.fault])
  ]
}

/** The nodes that a run would not bring to a good end, each with what is wrong: with itself, or else with those that it rests on. `nodes` stand in an order in which inputs come first. */
export const cannotRun = (study: Study, nodes: ReadonlyArray<GraphNode>, plans: ReadonlyMap<string, NodePlan>): ReadonlyMap<string, ReadonlyArray<Fault>> => {
  const found = new Map<string, ReadonlyArray<Fault>>()
  for (const node of nodes) {
    if (plans.get(node.name)?.state === "fresh") continue
    const own = hindrances(study, node)
    const below = () => [...new Map(upstreamOf(node).flatMap((name) => (found.get(name) ?? []).map((fault) => [fault.message, fault] as const))).values()]
    const faults = own.length > 0 ? own : below()
    if (faults.length > 0) found.set(node.name, faults)
  }
  return found
}
