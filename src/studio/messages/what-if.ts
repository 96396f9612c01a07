/** What is asked of studies in which something is other than they say: a form, what a draft would run, branches that were made, and how they differ. */
import { Schema } from "effect"
import { Form, JsonValue } from "./form.ts"
import { action, question } from "./question.ts"

const Place = Schema.Struct({ file: Schema.String, line: Schema.Int })

/** What is to be other: parameters of nodes, and files in the place of data files. */
export const Draft = Schema.Struct({
  params: Schema.Array(
    Schema.Struct({
      node: Schema.String,
      /** The same for all nodes of its map. */
      all: Schema.Boolean,
      params: JsonValue
    })
  ),
  data: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      /** One of the files that are offered; null: `value` or `text` is what the file is to hold. */
      file: Schema.NullOr(Schema.String),
      value: Schema.optionalKey(JsonValue),
      text: Schema.optionalKey(Schema.String)
    })
  )
})
export type Draft = typeof Draft.Type

/** Something wrong with a draft. `of`: the node, or the data file; "" where it is of none. `path`: the field, as `years.from`. */
export const DraftFault = Schema.Struct({ of: Schema.String, isData: Schema.Boolean, path: Schema.String, message: Schema.String })
export type DraftFault = typeof DraftFault.Type

const StudyNamed = Schema.Struct({ study: Schema.String })

/** One parameter that is other, or a data file. */
export const Setting = Schema.Struct({
  /** The node, or the data file. */
  of: Schema.String,
  isData: Schema.Boolean,
  /** Where in the parameters, or in what the data file holds; "" where another file stands in its place. */
  path: Schema.String,
  /** As JSON; null where there is none. */
  before: Schema.NullOr(Schema.String),
  after: Schema.NullOr(Schema.String)
})
export type Setting = typeof Setting.Type

export const DraftPlan = Schema.Struct({
  nodes: Schema.Array(
    Schema.Struct({
      node: Schema.String,
      /** blocked: it cannot run, or rests on one that cannot. */
      state: Schema.Literals(["stale", "unknown", "blocked"]),
      why: Schema.String,
      ms: Schema.NullOr(Schema.Number)
    })
  ),
  fresh: Schema.Int,
  /** What it costs, in words; nothing where none can run. */
  cost: Schema.String,
  /** Why nodes cannot run, each reason once. */
  hindrances: Schema.Array(Schema.String)
})

export type DraftPlan = typeof DraftPlan.Type

export const KeptStudy = Schema.Struct({
  /** Its whole name. */
  study: Schema.String,
  name: Schema.String,
  at: Schema.Number,
  /** What is other than the study says today; as it was given, where it is no study. */
  settings: Schema.Array(Setting),
  given: Schema.Array(Schema.String),
  /** What is wrong with it today: it is no study then. */
  faults: Schema.Array(Schema.String),
  /** Its newest run; null where it never ran. */
  run: Schema.NullOr(Schema.Struct({ run: Schema.String, at: Schema.Number, outcome: Schema.String })),
  /** How many of its nodes are not up to date. */
  due: Schema.Int,
  /** How many nodes came out otherwise than those of the study itself. */
  differing: Schema.Int
})
export type KeptStudy = typeof KeptStudy.Type

const Side = Schema.Struct({
  estimate: Schema.NullOr(Schema.Number),
  error: Schema.NullOr(Schema.Number),
  /** The ends of its interval, as its table has them. */
  low: Schema.NullOr(Schema.Number),
  high: Schema.NullOr(Schema.Number),
  p: Schema.NullOr(Schema.Number),
  stars: Schema.Int
})
export const MovedEstimate = Schema.Struct({
  node: Schema.String,
  output: Schema.String,
  /** Term, equation, effect. */
  of: Schema.String,
  term: Schema.String,
  before: Schema.NullOr(Side),
  after: Schema.NullOr(Side),
  signFlipped: Schema.Boolean,
  starsGained: Schema.NullOr(Schema.Int),
  /** In standard errors of before; negative: down. */
  moved: Schema.NullOr(Schema.Number)
})
export type MovedEstimate = typeof MovedEstimate.Type

export const MovedRanks = Schema.Struct({
  node: Schema.String,
  column: Schema.String,
  year: Schema.Int,
  entities: Schema.Int,
  kendall: Schema.NullOr(Schema.Number),
  spearman: Schema.NullOr(Schema.Number),
  /** Those that moved, by most places first. */
  movers: Schema.Array(Schema.Struct({ entity: Schema.String, before: Schema.Int, after: Schema.Int }))
})
export type MovedRanks = typeof MovedRanks.Type

export const Comparison = Schema.Struct({
  base: Schema.Struct({ study: Schema.String, run: Schema.String, at: Schema.Number, due: Schema.Int }),
  branch: Schema.Struct({ study: Schema.String, run: Schema.String, at: Schema.Number, due: Schema.Int }),
  counts: Schema.Struct({
    same: Schema.Int,
    changed: Schema.Int,
    failed: Schema.Int,
    estimates: Schema.Int,
    flipped: Schema.Int,
    lost: Schema.Int,
    gained: Schema.Int
  }),
  nodes: Schema.Array(
    Schema.Struct({
      node: Schema.String,
      stage: Schema.String,
      change: Schema.String,
      columns: Schema.Array(Schema.String),
      faults: Schema.Array(Schema.String)
    })
  ),
  /** The most telling first; `counts.estimates` says how many there are. */
  estimates: Schema.Array(MovedEstimate),
  ranks: Schema.Array(MovedRanks),
  /** Printed tables and figures that differ. */
  printed: Schema.Array(Schema.Struct({ node: Schema.String, kind: Schema.Literals(["table", "figure"]) }))
})
export type Comparison = typeof Comparison.Type

/** One file's part of what is to be changed for a what-if to be what the study says. */
export const PatchPart = Schema.Struct({
  file: Schema.String,
  /** A unified diff; null where it cannot be told what to write: `words` says it. */
  diff: Schema.NullOr(Schema.String),
  words: Schema.Array(Schema.String)
})
export type PatchPart = typeof PatchPart.Type

export const Patch = Schema.Struct({
  parts: Schema.Array(PatchPart),
  /** Nodes that the diffs change with those that are to be other, since the same lines place them. */
  beside: Schema.Array(Schema.String)
})
export type Patch = typeof Patch.Type

export const whatIfQuestions = {
  /** What can be changed of a study: nodes that have parameters, and data files. Of a branch, what can be of its study. */
  "what-if": question(
    StudyNamed,
    Schema.Struct({
      /** The study itself. */
      base: Schema.String,
      nodes: Schema.Array(Schema.Struct({ node: Schema.String, stage: Schema.String, parameters: Schema.Array(Schema.String) })),
      data: Schema.Array(Schema.Struct({ name: Schema.String, file: Schema.String }))
    })
  ),
  /** The form of a node's parameters, and what they are. */
  "what-if-node": question(
    Schema.Struct({ study: Schema.String, node: Schema.String }),
    Schema.Struct({
      node: Schema.String,
      stage: Schema.String,
      form: Form,
      params: JsonValue,
      /** What each parameter is where it is left out, by its name. */
      defaults: Schema.Record(Schema.String, JsonValue),
      place: Schema.NullOr(Place),
      /** The other nodes of its map. */
      siblings: Schema.Array(Schema.String)
    })
  ),
  /** The form of a data file, and what it holds; `file`: another one of those offered. */
  "what-if-data": question(
    Schema.Struct({ study: Schema.String, name: Schema.String, file: Schema.NullOr(Schema.String) }),
    Schema.Struct({
      name: Schema.String,
      /** The study's own. */
      own: Schema.String,
      file: Schema.String,
      form: Form,
      value: JsonValue,
      text: Schema.String,
      /** The files that can stand in its place, from its folder: those that do not fit with the first thing that is wrong. */
      offered: Schema.Array(Schema.Struct({ file: Schema.String, wrong: Schema.NullOr(Schema.String) }))
    })
  ),
  /** What is wrong with a draft, or what it would run. */
  "what-if-check": question(
    Schema.Struct({ study: Schema.String, draft: Draft }),
    Schema.Struct({
      faults: Schema.Array(DraftFault),
      settings: Schema.Array(Setting),
      /** A name for the branch: that of the one which is this already, if it was made. */
      name: Schema.String,
      /** That branch, by its whole name. */
      made: Schema.NullOr(Schema.String),
      /** The same from the command line; null where a file would have to be written first. */
      command: Schema.NullOr(Schema.String),
      plan: Schema.NullOr(DraftPlan)
    })
  ),
  /** The patch that makes a draft what the study says. */
  "what-if-patch": question(Schema.Struct({ study: Schema.String, draft: Draft }), Patch),
  /** The same of a branch that was made. */
  "what-if-branch-patch": question(StudyNamed, Patch),
  /** Keeps a draft as a branch: a study from then on, until it is removed. Without a name it is called as `what-if-check` proposes; another that has the name is only replaced where that is said. */
  "what-if-keep": action(Schema.Struct({ study: Schema.String, name: Schema.NullOr(Schema.String), draft: Draft, replace: Schema.Boolean }), StudyNamed),
  /** A branch that was made, as the draft that makes it. */
  "what-if-draft": question(StudyNamed, Schema.Struct({ name: Schema.String, draft: Draft })),
  /** Removes a branch; what its runs made stays in the history. */
  "what-if-forget": action(StudyNamed, Schema.Struct({ forgotten: Schema.Boolean })),
  /** The branches of a study that were made here. */
  "what-if-branches": question(
    StudyNamed,
    Schema.Struct({
      branches: Schema.Array(KeptStudy),
      /** Files of branches that cannot be read. */
      unread: Schema.Array(Schema.String)
    })
  ),
  /** One estimate of a model in the study itself and in each of its branches; node and term are chosen where none is asked for. */
  "what-if-estimates": question(
    Schema.Struct({ study: Schema.String, node: Schema.NullOr(Schema.String), term: Schema.NullOr(Schema.String) }),
    Schema.Struct({
      /** Nodes that have estimates, as `node.output`. */
      nodes: Schema.Array(Schema.String),
      node: Schema.NullOr(Schema.String),
      terms: Schema.Array(Schema.String),
      term: Schema.NullOr(Schema.String),
      /** By the whole name of a study; null where it has none, or never ran. Moved from that of the study itself, in standard errors of that one. */
      estimates: Schema.Array(Schema.Struct({ study: Schema.String, estimate: Schema.NullOr(Side), moved: Schema.NullOr(Schema.Number) }))
    })
  ),
  /** A branch beside its study, as the newest run of each left it, once both have one and the branch's is over. */
  "what-if-compare": question(
    StudyNamed,
    Schema.Struct({ lacks: Schema.NullOr(Schema.Literals(["run-of-study", "run-of-branch", "end-of-run"])), comparison: Schema.NullOr(Comparison) })
  )
}
