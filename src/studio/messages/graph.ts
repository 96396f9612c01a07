/** The DAG of a study as it is today: everything that a picture of it shows, in few bytes; and what there is to tell of one node. */
import { Schema } from "effect"
import { question } from "./question.ts"

/**
 * `fresh`, `stale`, `unknown` (may be cut off: it runs only if what it reads comes out otherwise) as a plan says. Of what is not fresh, `failed`: it did when it was last executed; `blocked`: something
 * that it rests on failed, or is not there; `skipped`: an optional program is not there.
 */
export const Standing = Schema.Literals(["fresh", "stale", "unknown", "failed", "blocked", "skipped"])
export type Standing = typeof Standing.Type

const GraphNode = Schema.Struct({
  name: Schema.String,
  stage: Schema.String,
  /** Which of the layers it is in. */
  layer: Schema.Int,
  state: Standing,
  /** Whether it is stale or may be cut off, where its state tells something else and it can run. */
  plan: Schema.optionalKey(Schema.Literals(["stale", "unknown"])),
  /** Why it is not fresh: which of the texts, the first of its reasons. */
  why: Schema.optionalKey(Schema.Array(Schema.Int)),
  /** An edit touched it itself, and not only something that it reads: in a word each, code, parameter. */
  touched: Schema.optionalKey(Schema.Array(Schema.String)),
  /** Milliseconds: what it took where it is fresh, what it is expected to take otherwise; absent where nothing is known. */
  ms: Schema.optionalKey(Schema.Number),
  /** Of its artifacts together. */
  bytes: Schema.optionalKey(Schema.Number),
  /** When it was made, milliseconds since 1970, where it is fresh; */
  at: Schema.optionalKey(Schema.Number),
  /** and in which run: which of the texts. */
  run: Schema.optionalKey(Schema.Int),
  warnings: Schema.optionalKey(Schema.Int),
  /** The study returns it. */
  target: Schema.optionalKey(Schema.Boolean)
})
export type GraphNode = typeof GraphNode.Type

const GraphFile = Schema.Struct({
  /** A path from dag.ts; of a folder with the pattern of its files. */
  path: Schema.String,
  state: Schema.Literals(["source", "edited", "missing"]),
  /** How many files, where it is a folder. */
  files: Schema.optionalKey(Schema.Int)
})
export type GraphFile = typeof GraphFile.Type

export const StudyGraph = Schema.Struct({
  study: Schema.String,
  /** In an order in which inputs come first. */
  nodes: Schema.Array(GraphNode),
  files: Schema.Array(GraphFile),
  /** An edge is one position in all three: from what is read to what reads it, as positions in the nodes followed by the files, and what is read, as a position in `readings`, or -1 where that is not known. */
  edges: Schema.Struct({ from: Schema.Array(Schema.Number), to: Schema.Array(Schema.Number), reading: Schema.Array(Schema.Number) }),
  /** What is read along an edge, a line for each input: `panel: gov, year`. */
  readings: Schema.Array(Schema.String),
  texts: Schema.Array(Schema.String),
  /** Strata of the study: nodes that make the same kind of thing of what lies below them. No edge leads from a later one to an earlier one. */
  layers: Schema.Array(Schema.Struct({ kind: Schema.String, level: Schema.Int })),
  /** What the nodes that are not fresh come from, and how many there are of each: `stale` and `unknown` of what a run would execute. */
  disturbed: Schema.Struct({
    edits: Schema.Array(Schema.String),
    fresh: Schema.Int,
    stale: Schema.Int,
    unknown: Schema.Int,
    skipped: Schema.Int,
    /** How many a run would not bring to a good end, since a file, a folder or a program is not there; */
    cannot: Schema.Int,
    /** and what is to be done about it, a sentence each. */
    faults: Schema.Array(Schema.String),
    /** What a run would cost, in a sentence; absent where nothing is to be done. */
    cost: Schema.optionalKey(Schema.String)
  }),
  /** How many nodes are left out, since the study does not return them. */
  others: Schema.Int
})
export type StudyGraph = typeof StudyGraph.Type

/** A node between an edit and another, and why it runs, ran, or would run. */
const ChainLink = Schema.Struct({ node: Schema.String, state: Schema.String, why: Schema.Array(Schema.String) })
export type ChainLink = typeof ChainLink.Type

const NodeFailure = Schema.Struct({
  node: Schema.String,
  run: Schema.String,
  at: Schema.Number,
  faults: Schema.Array(Schema.Struct({ code: Schema.String, message: Schema.String }))
})
export type NodeFailure = typeof NodeFailure.Type

export const NodeDetails = Schema.Struct({
  name: Schema.String,
  stage: Schema.String,
  /** The file that declares the stage. */
  code: Schema.String,
  state: Standing,
  /** Parameters, a line of JSON each. */
  params: Schema.Array(Schema.Struct({ name: Schema.String, value: Schema.String })),
  inputs: Schema.Array(
    Schema.Struct({
      input: Schema.String,
      /** A node, or a file. */
      node: Schema.optionalKey(Schema.String),
      output: Schema.optionalKey(Schema.String),
      file: Schema.optionalKey(Schema.String),
      /** What was read of it. */
      read: Schema.Array(Schema.String)
    })
  ),
  outputs: Schema.Array(
    Schema.Struct({
      output: Schema.String,
      type: Schema.String,
      /** As it is, or was before it became stale. */
      artifact: Schema.optionalKey(Schema.String),
      bytes: Schema.optionalKey(Schema.Number)
    })
  ),
  readBy: Schema.Array(Schema.String),
  /** The programs for lack of which it would be skipped. */
  lacking: Schema.Array(Schema.String),
  /** What keeps it, or what it rests on, from running: a sentence each. */
  hindered: Schema.Array(Schema.String),
  /** From the edit to this node, this one first. */
  chain: Schema.Array(ChainLink),
  /** The execution that made its artifacts. */
  lastRan: Schema.optionalKey(
    Schema.Struct({
      run: Schema.String,
      at: Schema.Number,
      ms: Schema.Number,
      /** Whence it came, where another machine executed it. */
      from: Schema.optionalKey(Schema.String),
      chain: Schema.Array(ChainLink)
    })
  ),
  /** What it is expected to take. */
  expected: Schema.optionalKey(Schema.Number),
  failed: Schema.Array(NodeFailure),
  warnings: Schema.Array(Schema.String),
  /** By whose word what code of before made counts as what today's makes. */
  accepted: Schema.Array(Schema.String)
})
export type NodeDetails = typeof NodeDetails.Type

export const graphQuestions = {
  /** What the study returns, and all that this rests on; with `all`, what stands in it besides. */
  graph: question(Schema.Struct({ study: Schema.String, all: Schema.Boolean }), StudyGraph),
  "graph-node": question(Schema.Struct({ study: Schema.String, node: Schema.String }), NodeDetails)
}
