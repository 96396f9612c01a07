/** Where an artifact comes from and what rests on it; and the artifacts of a study. */
import { Schema } from "effect"
import { question } from "./question.ts"

/** What of an input was read: columns, and in words what else was asked. */
const Read = Schema.Array(Schema.String)

const OriginInput = Schema.Struct({
  input: Schema.String,
  node: Schema.optionalKey(Schema.String),
  output: Schema.optionalKey(Schema.String),
  file: Schema.optionalKey(Schema.String),
  read: Read
})
export type OriginInput = typeof OriginInput.Type

export const ArtifactOrigin = Schema.Struct({
  sha256: Schema.String,
  stage: Schema.String,
  params: Schema.Array(Schema.Struct({ name: Schema.String, value: Schema.String })),
  /** The fingerprint of its code, and the declarations that it reaches. */
  code: Schema.String,
  declarations: Schema.Array(Schema.Struct({ declaration: Schema.String, file: Schema.String })),
  inputs: Schema.Array(OriginInput),
  /** What else it asked: the version of its program. */
  others: Schema.Array(Schema.String),
  seed: Schema.optionalKey(Schema.String),
  run: Schema.String,
  at: Schema.Number,
  ms: Schema.Number,
  readBy: Schema.Array(Schema.Struct({ node: Schema.String, stage: Schema.String, input: Schema.String, read: Read })),
  /** The last runs, newest first: whether it is the artifact of that run. */
  runs: Schema.Array(
    Schema.Struct({
      run: Schema.String,
      at: Schema.Number,
      tag: Schema.optionalKey(Schema.String),
      had: Schema.Literals(["made", "same", "other", "none"])
    })
  ),
  /** Other outputs of the study with the same content. */
  elsewhere: Schema.Array(Schema.Struct({ node: Schema.String, output: Schema.String })),
  /** SHA-256 of each column's data, as far as it is recorded. */
  hashes: Schema.Record(Schema.String, Schema.String)
})
export type ArtifactOrigin = typeof ArtifactOrigin.Type

const ListedArtifact = Schema.Struct({
  node: Schema.String,
  output: Schema.String,
  /** Of its table. */
  type: Schema.String,
  stage: Schema.String,
  state: Schema.Literals(["fresh", "stale", "none"]),
  rows: Schema.optionalKey(Schema.Int),
  columns: Schema.optionalKey(Schema.Int),
  bytes: Schema.optionalKey(Schema.Number),
  at: Schema.optionalKey(Schema.Number)
})
export type ListedArtifact = typeof ListedArtifact.Type

export const originQuestions = {
  "artifact-origin": question(
    Schema.Struct({
      study: Schema.String,
      node: Schema.String,
      output: Schema.optionalKey(Schema.String),
      run: Schema.optionalKey(Schema.String)
    }),
    ArtifactOrigin
  ),
  /** Every output of a study's nodes, as it was made last. */
  artifacts: question(Schema.Struct({ study: Schema.String }), Schema.Struct({ artifacts: Schema.Array(ListedArtifact) }))
}
