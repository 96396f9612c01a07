import type { StoredTable } from "../../src/artifact/column.ts"
import type { NodeFacts, StudyFacts } from "../../src/report/facts.ts"

/** A node that is fresh and has an artifact of its own name for each output. */
export const node = (name: string, type: string, given: Partial<NodeFacts> = {}): NodeFacts => ({
  name,
  stage: name.replace(/\[.*/s, ""),
  inputs: {},
  params: {},
  outputs: { output: type },
  standing: "fresh",
  why: "",
  artifacts: { output: name },
  bytes: 1000,
  made: { run: "20260101T000000-aaaaaaaa", at: Date.UTC(2026, 0, 1) },
  ms: 12,
  warnings: [],
  faults: [],
  accepted: [],
  code: "c0de".repeat(16),
  seed: undefined,
  place: { file: "dag.ts", line: 7 },
  ...given
})

/** Facts of a study of these nodes, whose artifacts are these tables. */
export const facts = (
  nodes: ReadonlyArray<NodeFacts>,
  tables: Readonly<Record<string, StoredTable | string>> = {},
  given: Partial<StudyFacts> = {}
): StudyFacts => ({
  study: "made-up",
  variant: "",
  file: "dag.ts",
  about: "",
  seed: 1,
  at: Date.UTC(2026, 0, 2),
  run: undefined,
  past: false,
  tag: undefined,
  otherwise: [],
  nodes,
  targets: [],
  sources: [],
  dataFiles: [],
  tables: new Map(Object.entries(tables)),
  change: undefined,
  environment: { sediment: "0", node: "24", platform: "linux x64", lockfile: undefined, git: undefined },
  stages: [],
  command: (name, ...args) => ["sediment", name, ...args].join(" "),
  ...given
})
