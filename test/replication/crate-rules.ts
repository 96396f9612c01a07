/**
 * What RO-Crate 1.1 and the run profiles 0.5 say MUST be, and what they say SHOULD be that Sediment has always, as checks of a crate's entities. No network, no
 * JSON-LD processor: a crate is flat, and a term that its contexts do not define would be dropped silently, so every property is held against the terms that are known.
 * Sources: https://www.researchobject.org/ro-crate/specification/1.1/ and https://www.researchobject.org/workflow-run-crate/profiles/0.5/
 */
import { hash } from "node:crypto"

export interface Entity {
  "@id": string
  "@type": string | Array<string>
  [property: string]: unknown
}
export interface Crate {
  "@context": unknown
  "@graph": Array<Entity>
}

/** Terms that the context of RO-Crate 1.1 defines, as far as Sediment uses them. */
const RO_CRATE_TERMS = [
  ..."about actionStatus additionalProperty additionalType affiliation agent alternateName author citation conditionsOfAccess conformsTo contentSize creator".split(
    " "
  ),
  ..."creditText datePublished description email encodingFormat endTime exampleOfWork hasPart identifier input instrument isAccessibleForFree license mainEntity".split(
    " "
  ),
  ..."mentions name object output position programmingLanguage propertyID result softwareRequirements softwareVersion startTime step unitCode url value".split(
    " "
  ),
  ..."valueRequired variableMeasured version workExample".split(" ")
]
/** Those of https://w3id.org/ro/terms/workflow-run/context. */
const RUN_TERMS = ["resourceUsage", "sha256"]
const TYPES = [
  ..."CreativeWork Dataset File SoftwareSourceCode ComputationalWorkflow HowTo HowToStep SoftwareApplication ComputerLanguage FormalParameter".split(" "),
  ..."CreateAction ControlAction OrganizeAction PropertyValue Person Organization ScholarlyArticle".split(" ")
]
const TERMS = new Set([...RO_CRATE_TERMS, ...RUN_TERMS, "@id", "@type"])

const list = <T>(value: T | ReadonlyArray<T> | undefined): ReadonlyArray<T> => (value === undefined ? [] : Array.isArray(value) ? value : [value as T])
const idsIn = (value: unknown): ReadonlyArray<string> =>
  list(value as unknown).flatMap((one) => (typeof one === "object" && one !== null && "@id" in one ? [(one as { "@id": string })["@id"]] : []))

/** Everything that breaks a rule, each as "rule: entity". `files` are those of the package, by path, without the crate. */
export const brokenRules = ({ "@context": context, "@graph": graph }: Crate, files: ReadonlyMap<string, Uint8Array>): ReadonlyArray<string> => {
  const broken: Array<string> = []
  const byId = new Map(graph.map((entity) => [entity["@id"], entity]))
  const must = (holds: boolean, rule: string, entity: string) => {
    if (!holds) broken.push(`${rule}: ${entity}`)
  }
  const is = (entity: Entity | undefined, type: string) => entity !== undefined && list(entity["@type"]).includes(type)
  const ofType = (type: string) => graph.filter((entity) => is(entity, type))
  const pointsTo = (entity: Entity, property: string, ...types: ReadonlyArray<string>) => {
    const ids = idsIn(entity[property])
    return ids.length > 0 && ids.every((id) => types.some((type) => is(byId.get(id), type)))
  }
  const TOOL = ["SoftwareApplication", "SoftwareSourceCode", "ComputationalWorkflow"]
  const at = (path: string) => path.split("/").map(encodeURIComponent).join("/")

  // RO-Crate 1.1, "RO-Crate Metadata File" and "RO-Crate JSON-LD": the contexts by address; flat; every @id once.
  must(list(context).includes("https://w3id.org/ro/crate/1.1/context"), "context of RO-Crate 1.1", "@context")
  must(list(context).includes("https://w3id.org/ro/terms/workflow-run/context"), "context of the run profiles", "@context")
  must(byId.size === graph.length, "an @id stands once", graph.map((one) => one["@id"]).find((id, i, all) => all.indexOf(id) !== i) ?? "")
  for (const entity of graph) {
    const id = entity["@id"]
    must(/^[^\s<>"{}|\\^`[\]]+$/.test(id), "@id is a URI reference", id)
    for (const property of Object.keys(entity)) must(TERMS.has(property), `term "${property}" is defined by a context`, id)
    for (const type of list(entity["@type"])) must(TYPES.includes(type), `type "${type}" is defined by a context`, id)
    for (const [property, value] of Object.entries(entity))
      for (const one of list(value as unknown)) {
        if (typeof one !== "object" || one === null) continue
        must(Object.keys(one).join() === "@id", `${property} is flat`, id)
        for (const target of idsIn(one))
          must(byId.has(target) || target === "https://w3id.org/ro/crate/1.1", `${property} points to an entity of the crate`, `${id} -> ${target}`)
      }
  }

  // "Root Data Entity": the descriptor, and name, description, datePublished, license.
  const descriptor = byId.get("ro-crate-metadata.json")
  must(is(descriptor, "CreativeWork") && idsIn(descriptor?.["about"]).join() === "./", "descriptor is about the root", "ro-crate-metadata.json")
  must(idsIn(descriptor?.["conformsTo"]).includes("https://w3id.org/ro/crate/1.1"), "descriptor conforms to RO-Crate 1.1", "ro-crate-metadata.json")
  must(
    idsIn(descriptor?.["conformsTo"]).includes("https://w3id.org/workflowhub/workflow-ro-crate/1.0"),
    "descriptor conforms to Workflow RO-Crate",
    "ro-crate-metadata.json"
  )
  const root = byId.get("./")
  must(is(root, "Dataset"), "root is a Dataset", "./")
  for (const property of ["name", "description", "license", "datePublished"]) must(root?.[property] !== undefined, `root has ${property}`, "./")
  must(/^\d{4}-\d{2}-\d{2}$/.test(String(root?.["datePublished"])), "datePublished is ISO 8601", "./")

  // "Data Entities": every file is a part of the root, and is there; contentSize and encodingFormat SHOULD be right.
  const parts = new Set(idsIn(root?.["hasPart"]))
  for (const entity of ofType("File")) {
    const id = entity["@id"]
    must(parts.has(id), "a File is a part of the root", id)
    const bytes = files.get(decodeURIComponent(id))
    must(bytes !== undefined, "a File is in the package", id)
    must(
      bytes === undefined || id === "SHA256SUMS" || (entity["contentSize"] === String(bytes.length) && entity["sha256"] === hash("sha256", bytes)),
      "size and checksum of a File",
      id
    )
    must(entity["encodingFormat"] !== undefined, "a File has its media type", id)
  }
  for (const path of files.keys()) must(byId.has(at(path)), "every file of the package is described", path)

  // Process, Workflow and Provenance Run Crate: "Dataset": conformsTo.
  for (const profile of ["process", "workflow", "provenance"]) {
    const id = `https://w3id.org/ro/wfrun/${profile}/0.5`
    must(idsIn(root?.["conformsTo"]).includes(id) && is(byId.get(id), "CreativeWork"), "root conforms to the profile", id)
  }

  // Workflow RO-Crate: the main entity, its types and its language.
  const [main] = idsIn(root?.["mainEntity"])
  const workflow = byId.get(main ?? "")
  for (const type of ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"]) must(is(workflow, type), `main workflow is a ${type}`, String(main))
  if (workflow === undefined) return broken
  must(pointsTo(workflow, "programmingLanguage", "ComputerLanguage"), "main workflow has a language", workflow["@id"])
  // Provenance Run Crate: the tools are parts of the workflow, each run by an action; steps are its own, each with its tool; positions follow dependencies.
  must(pointsTo(workflow, "hasPart", ...TOOL), "workflow has its tools as parts", workflow["@id"])
  must(pointsTo(workflow, "step", "HowToStep"), "workflow has steps", workflow["@id"])
  for (const property of ["input", "output"])
    for (const entity of [workflow, ...ofType("SoftwareApplication")])
      must(
        entity[property] === undefined || idsIn(entity[property]).every((id) => is(byId.get(id), "FormalParameter")),
        `${property} are FormalParameters`,
        entity["@id"]
      )
  for (const parameter of ofType("FormalParameter")) {
    must(parameter["additionalType"] !== undefined, "a FormalParameter has an additionalType", parameter["@id"])
    must(typeof parameter["name"] === "string", "a FormalParameter has a name", parameter["@id"])
  }
  const actions = ofType("CreateAction")
  for (const id of idsIn(workflow["hasPart"]))
    must(
      actions.some((action) => idsIn(action["instrument"]).includes(id)),
      "a tool was run by an action",
      id
    )
  const steps = new Set(idsIn(workflow["step"]))
  for (const step of ofType("HowToStep")) {
    must(steps.has(step["@id"]), "a step is the workflow's", step["@id"])
    must(pointsTo(step, "workExample", ...TOOL), "a step has its tool", step["@id"])
    must(/^\d+$/.test(String(step["position"])), "a step's position is an integer", step["@id"])
  }

  // Process Run Crate: actions: instrument; name, description, times, status, agent, mentioned by the root.
  const mentioned = new Set(idsIn(root?.["mentions"]))
  for (const action of actions) {
    const id = action["@id"]
    must(pointsTo(action, "instrument", ...TOOL), "an action has its instrument", id)
    must(mentioned.has(id), "an action is mentioned by the root", id)
    for (const property of ["name", "description", "result"]) must(action[property] !== undefined, `an action has ${property}`, id)
    must(action["agent"] === undefined || pointsTo(action, "agent", "Person", "Organization"), "an agent is a person or an organization", id)
    for (const property of ["startTime", "endTime"])
      must(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?\+\d{2}:\d{2}$/.test(String(action[property])), `${property} is ISO 8601`, id)
    must(action["actionStatus"] === "http://schema.org/CompletedActionStatus", "an action has its status", id)
    for (const property of ["object", "result"])
      must(
        action[property] === undefined || pointsTo(action, property, "File", "Dataset", "CreativeWork", "PropertyValue"),
        `${property} of an action is data`,
        id
      )
    for (const usage of idsIn(action["resourceUsage"])) {
      const value = byId.get(usage)
      must(
        is(value, "PropertyValue") && /^https:/.test(String(value?.["propertyID"])) && value?.["unitCode"] !== undefined,
        "resource usage has its quantity and unit",
        usage
      )
    }
  }
  must(
    actions.some((action) => idsIn(action["instrument"]).includes(workflow["@id"])),
    "the workflow was run by an action",
    workflow["@id"]
  )

  // Provenance Run Crate: ControlAction and OrganizeAction.
  const controls = ofType("ControlAction")
  for (const control of controls) {
    must(pointsTo(control, "instrument", "HowToStep"), "a ControlAction has its step", control["@id"])
    must(pointsTo(control, "object", "CreateAction"), "a ControlAction has the tool's run", control["@id"])
    const [step, run] = [byId.get(idsIn(control["instrument"])[0] ?? ""), byId.get(idsIn(control["object"])[0] ?? "")]
    must(String(idsIn(step?.["workExample"])) === String(idsIn(run?.["instrument"])), "the step's tool is the one that ran", control["@id"])
  }
  for (const step of steps)
    must(
      controls.some((control) => idsIn(control["instrument"]).includes(step)),
      "a step was carried out",
      step
    )
  for (const engine of ofType("OrganizeAction")) {
    must(pointsTo(engine, "instrument", ...TOOL), "an OrganizeAction has its engine", engine["@id"])
    must(
      pointsTo(engine, "object", "ControlAction") && idsIn(engine["object"]).length === controls.length,
      "an OrganizeAction has all ControlActions",
      engine["@id"]
    )
    must(pointsTo(engine, "result", "CreateAction"), "an OrganizeAction has the workflow's run", engine["@id"])
  }
  must(ofType("OrganizeAction").length === 1, "one run of the engine", "OrganizeAction")

  // "if S2 needs outputs from S1, S2's position MUST be greater than S1's".
  const positionOf = new Map(
    controls.map((control) => [idsIn(control["object"])[0], Number(byId.get(idsIn(control["instrument"])[0] ?? "")?.["position"])] as const)
  )
  const makers = Map.groupBy(
    actions
      .filter((action) => positionOf.has(action["@id"]))
      .flatMap((action) => idsIn(action["result"]).map((result) => ({ result, position: positionOf.get(action["@id"])! }))),
    ({ result }) => result
  )
  for (const action of actions)
    for (const needed of idsIn(action["object"])) {
      const position = positionOf.get(action["@id"])
      const made = makers.get(needed)
      must(position === undefined || made === undefined || made.some((one) => one.position < position), "a step comes after those that it needs", action["@id"])
    }
  return broken
}
