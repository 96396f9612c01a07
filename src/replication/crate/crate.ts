/**
 * `ro-crate-metadata.json`: an RO-Crate 1.1 that conforms to Process, Workflow and Provenance Run Crate 0.5 (https://www.researchobject.org/workflow-run-crate/).
 * docs/replication.md tells what of a study each entity is.
 */
import { hash } from "node:crypto"
import { CHECKSUMS_FILE } from "../checksums.ts"
import type { Facts } from "../facts.ts"
import type { Measured } from "../measured.ts"
import { agentId, licenceAddress, licences, organizations, people } from "./agents.ts"
import { type Entity, localId, mediaType, pathId, ref, refs } from "./entity.ts"
import { runEntities } from "./run.ts"
import { workflowEntities } from "./workflow.ts"

const PROFILES = [
  ["https://w3id.org/ro/wfrun/process/0.5", "Process Run Crate", "0.5"],
  ["https://w3id.org/ro/wfrun/workflow/0.5", "Workflow Run Crate", "0.5"],
  ["https://w3id.org/ro/wfrun/provenance/0.5", "Provenance Run Crate", "0.5"],
  ["https://w3id.org/workflowhub/workflow-ro-crate/1.0", "Workflow RO-Crate", "1.0"]
] as const
const WORKFLOW_RO_CRATE = PROFILES[3][0]

/** RO-Crate's context, that of the run profiles, and the one term that neither of some of their versions has. */
const CONTEXT = [
  "https://w3id.org/ro/crate/1.1/context",
  "https://w3id.org/ro/terms/workflow-run/context",
  { sha256: "https://w3id.org/ro/terms/workflow-run#sha256" }
]

/** What a source's statement says of its file. */
const provenanceOf = (source: Facts["sources"][number]): Readonly<Record<string, unknown>> => {
  const { isScript, note, path, readBy, statement, table } = source
  if (isScript)
    return { "@type": ["File", "SoftwareSourceCode"], name: path, description: `What ${readBy.join(", ")} run${readBy.length === 1 ? "s" : ""}, as a command.` }
  const address = licenceAddress(statement?.licence)
  return {
    name: statement?.name ?? path,
    description: [statement?.statement ?? "Not stated.", ...(note === undefined ? [] : [`Note: ${note}.`])].join(" "),
    ...(statement?.access === "public" ? { isAccessibleForFree: true } : {}),
    ...(statement?.access === "restricted" ? { isAccessibleForFree: false, conditionsOfAccess: statement.obtain } : {}),
    ...(statement?.citation === undefined ? {} : { creditText: statement.citation }),
    ...(statement?.licence === undefined ? {} : { license: address === undefined ? statement.licence : ref(address) }),
    ...(table === undefined ? {} : { variableMeasured: table.columns })
  }
}

/** The crate of a package with these files (by path; without the crate itself and what is made after it), as text. */
export const crate = (facts: Facts, measured: Measured, packed: ReadonlyMap<string, Uint8Array>, sediment: string): string => {
  const { declared, sources, study } = facts
  const described = new Map<string, Readonly<Record<string, unknown>>>()
  for (const source of sources) if (source.isProvided) described.set(source.file, provenanceOf(source))
  const workflow = workflowEntities(facts, sediment)
  const { entities: run, action, results } = runEntities(facts, measured)
  for (const [path, properties] of [...workflow.files, ...results]) described.set(path, { ...described.get(path), ...properties })
  const files = [...packed].map(([path, bytes]): Entity => {
    const { "@type": type = "File", ...properties } = described.get(path) ?? {}
    return {
      "@id": pathId(path),
      "@type": type as Entity["@type"],
      name: path,
      ...properties,
      encodingFormat: mediaType(path),
      contentSize: String(bytes.length),
      sha256: hash("sha256", bytes)
    }
  })
  // They come after the crate, which they cover, so the crate cannot tell their own.
  files.push({
    "@id": CHECKSUMS_FILE,
    "@type": "File",
    name: CHECKSUMS_FILE,
    description: "SHA-256 of every file, as sha256sum -c reads it.",
    encodingFormat: "text/plain"
  })
  // A source that is not in the package is described, and is no part of it.
  const absent = sources
    .filter(({ isProvided }) => !isProvided)
    .map(
      (source): Entity => ({
        "@id": localId("source", source.path),
        "@type": "CreativeWork",
        ...provenanceOf(source),
        contentSize: String(source.size),
        sha256: source.sha256
      })
    )
  const authors = declared.authors.map(agentId)
  const root: Entity = {
    "@id": "./",
    "@type": "Dataset",
    name: `Replication package: ${declared.title ?? study.graph.study}`,
    description: declared.overview ?? `Data, code and expected results of the study ${study.graph.study}.`,
    datePublished: declared.date ?? new Date(measured.last).toISOString().slice(0, 10),
    license: ref("LICENSE.txt"),
    conformsTo: PROFILES.map(([id]) => ref(id)),
    ...(authors.length === 0 ? {} : { author: refs(authors) }),
    ...(declared.doi === undefined ? {} : { citation: ref(`https://doi.org/${declared.doi}`) }),
    mainEntity: ref(pathId(facts.files.entry)),
    hasPart: files.map((file) => ref(file["@id"])),
    mentions: [ref(action), ...run.flatMap((entity) => (entity["@type"] === "CreateAction" && entity["@id"] !== action ? [ref(entity["@id"])] : []))]
  }
  const graph: ReadonlyArray<Entity> = [
    {
      "@id": "ro-crate-metadata.json",
      "@type": "CreativeWork",
      about: ref("./"),
      conformsTo: [ref("https://w3id.org/ro/crate/1.1"), ref(WORKFLOW_RO_CRATE)]
    },
    root,
    ...PROFILES.map(([id, name, version]) => ({ "@id": id, "@type": "CreativeWork", name, version })),
    ...(declared.doi === undefined
      ? []
      : [
          {
            "@id": `https://doi.org/${declared.doi}`,
            "@type": "ScholarlyArticle",
            name: declared.title ?? declared.doi,
            ...(declared.citation === undefined ? {} : { creditText: declared.citation })
          }
        ]),
    ...people(facts),
    ...organizations(facts),
    ...licences(facts),
    ...files,
    ...absent,
    ...workflow.entities,
    ...run
  ]
  return `${JSON.stringify({ "@context": CONTEXT, "@graph": graph }, null, 1)}\n`
}
