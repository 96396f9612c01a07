/** `expected.json` of a replication package: what a run of it must come to. */
import { hash } from "node:crypto"
import { Schema } from "effect"
import { CommandLog } from "../dag/command.ts"
import type { Facts } from "./facts.ts"

const Sha256 = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/))

const ExpectedSource = Schema.Struct({
  /** From dag.ts, and in the package. */
  path: Schema.String,
  file: Schema.String,
  provided: Schema.Boolean,
  sha256: Sha256,
  bytes: Schema.Int,
  rows: Schema.optionalKey(Schema.Int),
  columns: Schema.optionalKey(Schema.Array(Schema.String)),
  /** How a source is had that is not provided. */
  obtain: Schema.optionalKey(Schema.String)
})
export type ExpectedSource = typeof ExpectedSource.Type

const ExpectedPrint = Schema.Struct({
  node: Schema.String,
  output: Schema.String,
  kind: Schema.Literals(["table", "figure"]),
  title: Schema.String,
  artifact: Sha256,
  /** The artifact, and the file as it is rendered, in the package. */
  data: Schema.String,
  file: Schema.String,
  sha256: Sha256
})
export type ExpectedPrint = typeof ExpectedPrint.Type

export const Expected = Schema.Struct({
  format: Schema.Literal(1),
  study: Schema.String,
  /** dag.ts, in the package. */
  entry: Schema.String,
  /** What `--with` put in the place of data files: path in the package by name. */
  with: Schema.Record(Schema.String, Schema.String),
  sediment: Schema.String,
  node: Schema.String,
  platform: Schema.String,
  sources: Schema.Array(ExpectedSource),
  artifacts: Schema.Array(Schema.Struct({ node: Schema.String, output: Schema.String, sha256: Sha256 })),
  printed: Schema.Array(ExpectedPrint)
})
export type Expected = typeof Expected.Type

export const EXPECTED_FILE = "expected.json"

/** Where the parts of a printed thing stand in the package. */
export const expectedPaths = ({ name, rendered }: Facts["printed"][number]): { readonly data: string; readonly file: string } => ({
  data: `expected/data/${name}.arrow`,
  file: `expected/${name}.${rendered.extension}`
})

/** What a study came to, as its package expects it. */
export const expectedOf = ({ files, nodes, printed, sources, study }: Facts, sediment: string): Expected => ({
  format: 1,
  study: study.graph.study,
  entry: files.entry,
  with: Object.fromEntries([...study.replaced].map(([name, path]) => [name, files.inPackage(path)])),
  sediment,
  node: process.versions.node,
  platform: `${process.platform}-${process.arch}`,
  sources: sources.map(({ file, isProvided, path, sha256, size, statement, table }) => ({
    path,
    file,
    provided: isProvided,
    sha256,
    bytes: size,
    ...(table === undefined ? {} : { rows: table.rows, columns: table.columns }),
    ...(statement?.obtain === undefined ? {} : { obtain: statement.obtain })
  })),
  artifacts: nodes.flatMap(({ node, outputs }) =>
    outputs.flatMap(({ artifact, output, type }) => (type === CommandLog.name ? [] : [{ node: node.name, output, sha256: artifact }]))
  ),
  printed: printed.map((one) => ({
    node: one.node,
    output: one.output,
    kind: one.kind,
    title: one.title,
    artifact: one.artifact,
    ...expectedPaths(one),
    sha256: hash("sha256", one.rendered.text)
  }))
})
