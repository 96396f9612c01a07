/**
 * Records of the shared store, as Bazel's HTTP caches have them: an `ActionResult` of the Remote Execution API in the JSON of protocol buffers, of which only `outputFiles`
 * is used (build/bazel/remote/execution/v2/remote_execution.proto).
 */
import { hash } from "node:crypto"
import { Option, Schema } from "effect"

export const SHA256 = /^[0-9a-f]{64}$/

export interface BlobFile {
  readonly path: string
  readonly sha: string
  readonly bytes: number
}

// An int64 is a string in that JSON, and a zero is left out.
const Size = Schema.Union([Schema.Int, Schema.String.check(Schema.isPattern(/^\d{1,16}$/))])
const ActionResult = Schema.Struct({
  outputFiles: Schema.optionalKey(
    Schema.Array(
      Schema.Struct({
        path: Schema.NonEmptyString,
        digest: Schema.Struct({ hash: Schema.String.check(Schema.isPattern(SHA256)), sizeBytes: Schema.optionalKey(Size) })
      })
    )
  )
})
const decode = Schema.decodeUnknownOption(Schema.fromJsonString(ActionResult))

/** The blobs that a record names; undefined where it is no such record. */
export const readActionResult = (bytes: Uint8Array): ReadonlyArray<BlobFile> | undefined => {
  const read = Option.getOrUndefined(decode(Buffer.from(bytes).toString("utf8")))
  return read && (read.outputFiles ?? []).map(({ digest, path }) => ({ path, sha: digest.hash, bytes: Number(digest.sizeBytes ?? 0) }))
}

export const actionResult = (files: ReadonlyArray<BlobFile>): Buffer =>
  Buffer.from(JSON.stringify({ outputFiles: files.map(({ bytes, path, sha }) => ({ path, digest: { hash: sha, sizeBytes: bytes } })) }))

/** Where the record stands that names the distinct sets of reads of this code with these parameters. */
export const readsKey = (code: string, params: string): string => hash("sha256", `sediment reads 1\n${code} ${params}`)

/** Where that of a trace stands, by its head. */
export const traceKey = (head: string): string => hash("sha256", `sediment trace 1\n${head}`)
