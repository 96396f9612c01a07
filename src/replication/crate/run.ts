/** What a study did: the run of the workflow, and one action a node, with what it read, to the column, and what it made. */
import { type GraphNode, wiresOf } from "../../dag/dag.ts"
import { locateRead } from "../../engine/reads.ts"
import { count } from "../../engine/wording.ts"
import { expectedPaths } from "../expected.ts"
import type { Facts, NodeFact } from "../facts.ts"
import type { Measured } from "../measured.ts"
import { agentId } from "./agents.ts"
import { type Entity, localId, pathId, ref, refs } from "./entity.ts"
import { ENGINE, printParameterId, stageId, stepId } from "./workflow.ts"

/** What the value of a PropertyValue is, by its propertyID. docs/replication.md describes the first, which is Sediment's own. */
const COLUMNS_READ = "sediment:columns-read"
const DURATION = "https://w3id.org/ro/terms/nf-trace#realTime"
const MILLISECOND = "https://qudt.org/vocab/unit/MilliSEC"

/** ISO 8601 with the offset of UTC, which some validators want written out. */
const time = (ms: number): string => new Date(ms).toISOString().replace("Z", "+00:00")
const RUN = "#run"
const actionId = (node: string): string => localId("action", node)
const controlId = (node: string): string => localId("control", node)
const readsId = (node: string): string => localId("reads", node)
const tookId = (node: string): string => localId("took", node)

/** The columns that a node read, as `input: column`; of a file the whole. */
const columnsRead = ({ node, reads }: NodeFact): ReadonlyArray<string> => [
  ...wiresOf(node).flatMap(([input, wire]) => ("source" in wire ? [`${input.replace(/\[.*/s, "")}: all of ${wire.source}`] : [])),
  ...reads.flatMap((read) => {
    const { input, rest, wired } = locateRead(node, read)
    return wired !== undefined && rest.startsWith("column ") ? [`${input}: ${rest.slice("column ".length)}`] : []
  })
]

export const runEntities = (
  facts: Facts,
  measured: Measured
): { readonly entities: ReadonlyArray<Entity>; readonly action: string; readonly results: ReadonlyMap<string, Readonly<Record<string, unknown>>> } => {
  const { declared, files, nodes, printed, sources, study } = facts
  const byName = new Map(nodes.map((one) => [one.node.name, one]))
  const inPackage = new Map(printed.map((print) => [print.artifact, print]))
  const sourceIds = new Map(sources.map(({ file, isProvided, path }) => [path, isProvided ? pathId(file) : localId("source", path)]))
  /** The same artifact of two nodes is one entity. */
  const artifactId = (sha256: string): string => {
    const print = inPackage.get(sha256)
    return print === undefined ? localId("artifact", sha256.slice(0, 16)) : pathId(expectedPaths(print).data)
  }
  const outputOf = (wire: { readonly node: string; readonly output: string }) => byName.get(wire.node)!.outputs.find(({ output }) => output === wire.output)!
  const consumed = (node: GraphNode): ReadonlyArray<string> => [
    ...new Set(wiresOf(node).map(([, wire]) => ("source" in wire ? sourceIds.get(wire.source)! : artifactId(outputOf(wire).artifact))))
  ]
  const exampleOf = new Map<string, Set<string>>()
  const note = (artifact: string, parameter: string) => exampleOf.set(artifact, (exampleOf.get(artifact) ?? new Set()).add(parameter))
  for (const { node, outputs } of nodes) {
    for (const { artifact, output } of outputs) note(artifact, localId("stage-output", node.stage, output))
    for (const [input, wire] of wiresOf(node)) if ("node" in wire) note(outputOf(wire).artifact, localId("stage-input", node.stage, input.replace(/\[.*/, "")))
  }
  for (const { artifact, name } of printed) note(artifact, printParameterId(name))
  const [agent] = declared.authors
  const by = agent === undefined ? {} : { agent: ref(agentId(agent)) }
  const done = { actionStatus: "http://schema.org/CompletedActionStatus" }

  const action = (one: NodeFact): ReadonlyArray<Entity> => {
    const { name, params, stage } = one.node
    return [
      {
        "@id": actionId(name),
        "@type": "CreateAction",
        name: `Run of ${name}`,
        description: `Stage ${stage} with the parameters ${params}${one.seed === undefined ? "" : `, seed ${one.seed}`}; in run ${one.run}`,
        instrument: ref(stageId(stage)),
        ...by,
        startTime: time(one.at - one.ms),
        endTime: time(one.at),
        ...done,
        ...(consumed(one.node).length === 0 ? {} : { object: refs(consumed(one.node)) }),
        result: refs([...new Set(one.outputs.map(({ artifact }) => artifactId(artifact)))]),
        additionalProperty: ref(readsId(name)),
        resourceUsage: ref(tookId(name))
      },
      { "@id": readsId(name), "@type": "PropertyValue", name: "columns read", propertyID: COLUMNS_READ, value: columnsRead(one) },
      {
        "@id": tookId(name),
        "@type": "PropertyValue",
        name: "duration",
        propertyID: DURATION,
        unitCode: MILLISECOND,
        value: String(Math.round(one.ms * 1000) / 1000)
      },
      {
        "@id": controlId(name),
        "@type": "ControlAction",
        name: `Orchestration of ${name}`,
        instrument: ref(stepId(name)),
        object: ref(actionId(name)),
        ...done
      }
    ]
  }
  const intermediate = [...new Map(nodes.flatMap(({ node, outputs }) => outputs.map((one) => [one.artifact, { ...one, node: node.name }] as const))).values()]
    .filter(({ artifact }) => !inPackage.has(artifact))
    .map(
      ({ artifact, columns, node, output, rows, type }): Entity => ({
        "@id": artifactId(artifact),
        "@type": "CreativeWork",
        name: output === "output" ? node : `${node}.${output}`,
        description: `An intermediate ${type} of ${count(rows, "row")}, which a run makes anew: an Arrow file in cache/objects/, named by its SHA-256.`,
        sha256: artifact,
        variableMeasured: columns.map((column) => column.name),
        exampleOfWork: refs([...(exampleOf.get(artifact) ?? [])])
      })
    )
  const results = new Map<string, Readonly<Record<string, unknown>>>(
    printed.flatMap((print) => {
      const { data, file } = expectedPaths(print)
      const title = print.title === "" ? print.name : print.title
      return [
        [data, { name: `${title} (data)`, exampleOfWork: refs([...(exampleOf.get(print.artifact) ?? [])]) }],
        [file, { name: title, about: ref(pathId(data)) }]
      ] as const
    })
  )
  const seed = { "@id": "#seed-value", "@type": "PropertyValue", name: "seed", value: String(study.graph.seed), exampleOfWork: ref("#seed") }
  return {
    action: RUN,
    results,
    entities: [
      {
        "@id": RUN,
        "@type": "CreateAction",
        name: `Run of ${study.graph.study}`,
        description: `sediment run --study ${files.entry}; each node as it last ran`,
        instrument: ref(pathId(files.entry)),
        ...by,
        startTime: time(measured.first),
        endTime: time(measured.last),
        ...done,
        object: [...sourceIds.values(), ...[...files.data.keys()].map(pathId), seed["@id"]].map(ref),
        result: [...new Set(printed.flatMap((print) => Object.values(expectedPaths(print))))].map((path) => ref(pathId(path)))
      },
      seed,
      {
        "@id": "#engine-run",
        "@type": "OrganizeAction",
        name: "Run of Sediment",
        instrument: ref(ENGINE),
        ...by,
        startTime: time(measured.first),
        endTime: time(measured.last),
        ...done,
        object: nodes.map(({ node }) => ref(controlId(node.name))),
        result: ref(RUN)
      },
      ...nodes.flatMap(action),
      ...intermediate
    ]
  }
}
