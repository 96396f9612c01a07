/** What a study plans to do: dag.ts as a workflow, its nodes as steps, its stages as the tools that carry them out. */
import { upstreamOf, wiresOf } from "../../dag/dag.ts"
import type { Facts, NodeFact, ProgramFact } from "../facts.ts"
import { agentId, licenceAddress } from "./agents.ts"
import { type Entity, localId, pathId, ref, refs } from "./entity.ts"

export const stageId = (stage: string): string => localId("stage", stage)
export const stepId = (node: string): string => localId("step", node)
const sourceParameterId = (path: string): string => localId("input", path)
const dataParameterId = (file: string): string => localId("parameter", file)
export const printParameterId = (name: string): string => localId("output", name)
export const ENGINE = "#sediment"
const NODE = "https://nodejs.org/"
const LANGUAGE = "#sediment-dag"

const programId = ({ program, version }: Pick<ProgramFact, "program" | "version">): string => localId("program", program, version)

/** `programs`: those that its steps are run by, where it is a command. */
const tool = (stage: string, nodes: ReadonlyArray<NodeFact>, programs: ReadonlyArray<string>): Entity => {
  const { node, outputs, stageFile } = nodes[0]!
  const inputs = [...new Set(nodes.flatMap((one) => Object.keys(one.node.inputs)))]
  return {
    "@id": stageId(stage),
    "@type": "SoftwareApplication",
    name: stage,
    description: `The stage ${stage}, declared in ${stageFile}. It takes ${inputs.join(", ") || "nothing"} and gives ${outputs
      .map(({ output, type }) => (output === "output" ? `a ${type}` : `${output} (${type})`))
      .join(", ")}.`,
    softwareRequirements: refs([stageFile.startsWith("@") ? ENGINE : pathId(stageFile), ...programs]),
    input: inputs.map((input) => ref(localId("stage-input", stage, input))),
    output: Object.keys(node.outputs).map((output) => ref(localId("stage-output", stage, output)))
  }
}
const toolParameters = (stage: string, nodes: ReadonlyArray<NodeFact>): ReadonlyArray<Entity> => [
  ...[...new Set(nodes.flatMap((one) => Object.keys(one.node.inputs)))].map((input) => ({
    "@id": localId("stage-input", stage, input),
    "@type": "FormalParameter",
    name: input,
    additionalType: "File"
  })),
  ...Object.entries(nodes[0]!.node.outputs).map(([output, type]) => ({
    "@id": localId("stage-output", stage, output),
    "@type": "FormalParameter",
    name: output,
    description: `a table of type ${type}`,
    additionalType: "File"
  }))
]

/** Entities, and what they add to the description of files in the package. */
export const workflowEntities = (
  { declared, files, nodes, printed, programs, sources, study }: Facts,
  sediment: string
): { readonly entities: ReadonlyArray<Entity>; readonly files: ReadonlyMap<string, Readonly<Record<string, unknown>>> } => {
  const stages = Map.groupBy(nodes, ({ node }) => node.stage)
  const position = new Map(nodes.map(({ node }, i) => [node.name, i]))
  const licence = licenceAddress(declared.licence?.code)
  const workflow = {
    "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"],
    name: declared.title ?? study.graph.study,
    description: `The study ${study.graph.study} as a DAG of ${nodes.length} nodes.`,
    programmingLanguage: ref(LANGUAGE),
    ...(declared.authors.length === 0 ? {} : { creator: refs(declared.authors.map(agentId)) }),
    ...(licence === undefined ? {} : { license: ref(licence) }),
    hasPart: [...stages.keys()].map((stage) => ref(stageId(stage))),
    step: nodes.map(({ node }) => ref(stepId(node.name))),
    input: [...sources.map(({ path }) => ref(sourceParameterId(path))), ...[...files.data.keys()].map((file) => ref(dataParameterId(file))), ref("#seed")],
    output: printed.map(({ name }) => ref(printParameterId(name)))
  }
  const entities: ReadonlyArray<Entity> = [
    {
      "@id": LANGUAGE,
      "@type": "ComputerLanguage",
      name: "Sediment",
      alternateName: "TypeScript with @sediment/sediment",
      identifier: "https://www.typescriptlang.org/",
      url: "https://www.typescriptlang.org/",
      version: sediment
    },
    { "@id": ENGINE, "@type": "SoftwareApplication", name: "Sediment", softwareVersion: sediment, softwareRequirements: ref(NODE) },
    { "@id": NODE, "@type": "SoftwareApplication", name: "Node.js", softwareVersion: process.versions.node, url: NODE },
    ...[...new Map(programs.map((one) => [programId(one), one]))].map(
      ([id, { program, version }]): Entity => ({ "@id": id, "@type": "SoftwareApplication", name: program, softwareVersion: version })
    ),
    ...[...stages].map(([stage, all]) => {
      const names = new Set(all.map(({ node }) => node.name))
      return tool(stage, all, [...new Set(programs.filter(({ steps }) => steps.some((step) => names.has(step))).map(programId))])
    }),
    ...[...stages].flatMap(([stage, all]) => toolParameters(stage, all)),
    ...nodes.map(
      ({ node, place }): Entity => ({
        "@id": stepId(node.name),
        "@type": "HowToStep",
        name: node.name,
        ...(place === undefined
          ? {}
          : { description: `Placed at line ${place.line} of ${place.file}; after ${upstreamOf(node).join(", ") || "no other step"}.` }),
        position: String(position.get(node.name)! + 1),
        workExample: ref(stageId(node.stage))
      })
    ),
    ...sources.map(
      ({ path }): Entity => ({ "@id": sourceParameterId(path), "@type": "FormalParameter", name: path, additionalType: "File", valueRequired: "True" })
    ),
    ...[...files.data.keys()].map(
      (file): Entity => ({ "@id": dataParameterId(file), "@type": "FormalParameter", name: file, additionalType: "File", valueRequired: "True" })
    ),
    { "@id": "#seed", "@type": "FormalParameter", name: "seed", description: "seed of the study's random numbers", additionalType: "Integer" },
    ...printed.map(
      ({ name, title }): Entity => ({
        "@id": printParameterId(name),
        "@type": "FormalParameter",
        name,
        ...(title === "" ? {} : { description: title }),
        additionalType: "File"
      })
    )
  ]
  const readBy = (file: string) =>
    nodes.flatMap(({ node }) =>
      wiresOf(node).flatMap(([input, wire]) =>
        "source" in wire && files.inPackage(wire.source) === file ? [localId("stage-input", node.stage, input.replace(/\[.*/, ""))] : []
      )
    )
  return {
    entities,
    files: new Map<string, Readonly<Record<string, unknown>>>([
      [files.entry, workflow],
      ...sources.map(({ file, path }) => [file, { exampleOfWork: [...new Set([sourceParameterId(path), ...readBy(file)])].map(ref) }] as const),
      ...[...files.data.keys()].map((file) => [file, { exampleOfWork: ref(dataParameterId(file)) }] as const)
    ])
  }
}
