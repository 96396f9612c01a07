import { hash } from "node:crypto"
import { describe, expect, it } from "vitest"
import { brokenRules, type Crate, type Entity } from "./crate-rules.ts"

const bytes = Buffer.from("x")
const file = (id: string, more: object = {}): Entity => ({
  "@id": id,
  "@type": "File",
  name: id,
  encodingFormat: "text/plain",
  contentSize: "1",
  sha256: hash("sha256", bytes),
  ...more
})
const profile = (name: string): Entity => ({ "@id": `https://w3id.org/ro/wfrun/${name}/0.5`, "@type": "CreativeWork", name })
const ref = (id: string) => ({ "@id": id })
const times = { startTime: "2026-01-01T00:00:00.000+00:00", endTime: "2026-01-01T00:00:01+00:00", actionStatus: "http://schema.org/CompletedActionStatus" }

/** The least crate that breaks no rule: one workflow of two steps, a file in, a file out. */
const least = (): Crate => ({
  "@context": ["https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context"],
  "@graph": [
    {
      "@id": "ro-crate-metadata.json",
      "@type": "CreativeWork",
      about: ref("./"),
      conformsTo: [ref("https://w3id.org/ro/crate/1.1"), ref("https://w3id.org/workflowhub/workflow-ro-crate/1.0")]
    },
    {
      "@id": "./",
      "@type": "Dataset",
      name: "n",
      description: "d",
      datePublished: "2026-01-01",
      license: "MIT",
      conformsTo: ["process", "workflow", "provenance"].map((name) => ref(`https://w3id.org/ro/wfrun/${name}/0.5`)),
      mainEntity: ref("dag.ts"),
      hasPart: ["dag.ts", "in.csv", "out.csv"].map(ref),
      mentions: ["#run", "#a1", "#a2"].map(ref)
    },
    profile("process"),
    profile("workflow"),
    profile("provenance"),
    { "@id": "https://w3id.org/workflowhub/workflow-ro-crate/1.0", "@type": "CreativeWork", name: "Workflow RO-Crate" },
    file("dag.ts", {
      "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"],
      programmingLanguage: ref("#ts"),
      hasPart: ref("#tool"),
      step: [ref("#s1"), ref("#s2")],
      input: ref("#in")
    }),
    file("in.csv", { exampleOfWork: ref("#in") }),
    file("out.csv"),
    { "@id": "#ts", "@type": "ComputerLanguage", name: "TypeScript" },
    { "@id": "#in", "@type": "FormalParameter", name: "in", additionalType: "File" },
    { "@id": "#tool", "@type": "SoftwareApplication", name: "tool" },
    { "@id": "#s1", "@type": "HowToStep", position: "1", workExample: ref("#tool") },
    { "@id": "#s2", "@type": "HowToStep", position: "2", workExample: ref("#tool") },
    { "@id": "#run", "@type": "CreateAction", name: "r", description: "d", instrument: ref("dag.ts"), object: ref("in.csv"), result: ref("out.csv"), ...times },
    { "@id": "#mid", "@type": "CreativeWork", name: "between" },
    { "@id": "#a1", "@type": "CreateAction", name: "1", description: "d", instrument: ref("#tool"), object: ref("in.csv"), result: ref("#mid"), ...times },
    { "@id": "#a2", "@type": "CreateAction", name: "2", description: "d", instrument: ref("#tool"), object: ref("#mid"), result: ref("out.csv"), ...times },
    { "@id": "#c1", "@type": "ControlAction", instrument: ref("#s1"), object: ref("#a1") },
    { "@id": "#c2", "@type": "ControlAction", instrument: ref("#s2"), object: ref("#a2") },
    { "@id": "#engine", "@type": "OrganizeAction", instrument: ref("#tool"), object: [ref("#c1"), ref("#c2")], result: ref("#run") }
  ]
})
const files = new Map(["dag.ts", "in.csv", "out.csv"].map((name) => [name, bytes]))

const entity = (crate: Crate, id: string): Entity => crate["@graph"].find((one) => one["@id"] === id)!
/** What a change breaks. */
const after = (change: (crate: Crate) => void): ReadonlyArray<string> => {
  const crate = least()
  change(crate)
  return brokenRules(crate, files)
}
const set = (id: string, property: string, value: unknown) => after((crate) => void (entity(crate, id)[property] = value))
const without = (id: string, property: string) => after((crate) => void delete entity(crate, id)[property])

describe("the rules of run crates", () => {
  it("hold for the least crate", () => expect(brokenRules(least(), files)).toEqual([]))

  it.each([
    ["a property that no context defines", () => set("in.csv", "colour", "red"), 'term "colour" is defined by a context: in.csv'],
    ["a nested object", () => set("in.csv", "author", { "@id": "#x", name: "X" }), "author is flat: in.csv"],
    ["a reference to nothing", () => set("in.csv", "author", ref("#nobody")), "author points to an entity of the crate: in.csv -> #nobody"],
    ["an @id twice", () => after((crate) => void crate["@graph"].push(file("in.csv"))), "an @id stands once: in.csv"],
    ["a root without a licence", () => without("./", "license"), "root has license: ./"],
    ["a file that is no part", () => set("./", "hasPart", [ref("dag.ts"), ref("out.csv")]), "a File is a part of the root: in.csv"],
    ["a wrong checksum", () => set("in.csv", "sha256", "0".repeat(64)), "size and checksum of a File: in.csv"],
    [
      "a profile that is not named",
      () => set("./", "conformsTo", [ref("https://w3id.org/ro/wfrun/process/0.5")]),
      "root conforms to the profile: https://w3id.org/ro/wfrun/workflow/0.5"
    ],
    ["a workflow that is no HowTo", () => set("dag.ts", "@type", ["File", "SoftwareSourceCode", "ComputationalWorkflow"]), "main workflow is a HowTo: dag.ts"],
    ["a workflow without tools", () => without("dag.ts", "hasPart"), "workflow has its tools as parts: dag.ts"],
    ["a parameter without a type", () => without("#in", "additionalType"), "a FormalParameter has an additionalType: #in"],
    ["a step without a tool", () => without("#s1", "workExample"), "a step has its tool: #s1"],
    ["a step that nobody carried out", () => set("#c1", "instrument", ref("#s2")), "a step was carried out: #s1"],
    ["a step before what it needs", () => set("#s2", "position", "1"), "a step comes after those that it needs: #a2"],
    ["an action without a tool", () => without("#a1", "instrument"), "an action has its instrument: #a1"],
    ["an action that the root does not mention", () => set("./", "mentions", [ref("#run"), ref("#a1")]), "an action is mentioned by the root: #a2"],
    ["a time of no zone", () => set("#a1", "endTime", "2026-01-01T00:00:01"), "endTime is ISO 8601: #a1"],
    ["an engine that misses a step", () => set("#engine", "object", ref("#c1")), "an OrganizeAction has all ControlActions: #engine"]
  ])("are broken by %s", (_, change, rule) => expect(change()).toContain(rule))
})
