import { Schema } from "effect"

/** A package in the lockfile closure of what a stage imports. */
export interface PackageVersion {
  readonly name: string
  readonly version: string
  /** The lockfile's subresource integrity, or what it resolved the package to; where no lockfile knows the package, the SHA-256 (hex) of its files. */
  readonly integrity: string
}

/** One top-level declaration that a stage reaches. */
export interface DeclarationCode {
  /** The name in its source file; `(module)` for a module-level side effect. */
  readonly name: string
  /** Relative to the project root, with forward slashes; the framework's own stages begin with `@sediment/sediment/`. */
  readonly file: string
  /** SHA-256 (hex) of its canonical form; what it refers to is not part of it. */
  readonly hash: string
}

export interface StageCode {
  readonly name: string
  /** SHA-256 (hex): changes when the meaning of the stage's code may have changed (docs/fingerprints.md). */
  readonly fingerprint: string
  /** In order of discovery, the stage's own first. */
  readonly declarations: ReadonlyArray<DeclarationCode>
  /** Sorted by name and version; without `effect` and the framework, which count by `frameworkIdentity`. */
  readonly packages: ReadonlyArray<PackageVersion>
  /** The variable that holds the stage in the bundle's text. */
  readonly binding: string
}

/** An import of a package in the bundle's text: the specifier's string literal stands at [start, end). */
export interface PackageImport {
  readonly specifier: string
  readonly start: number
  readonly end: number
  /** The file that the package resolves to; undefined for Node's own modules, and for `effect` and the framework, which the process that loads the bundle gives. */
  readonly file: string | undefined
}

/** Where the lines of a bundle come from: a source map, version 3. Its sources are called as in messages. */
export interface StudyMap {
  readonly version: 3
  readonly sources: ReadonlyArray<string>
  readonly sourcesContent: ReadonlyArray<string>
  readonly names: ReadonlyArray<string>
  readonly mappings: string
}

/** A study's code: one ES module, and what each of its stages rests on. Plain data, so that it can be remembered. */
export interface StudyBundle {
  /** ESM text; packages are still imported by name. */
  readonly code: string
  readonly map: StudyMap
  readonly imports: ReadonlyArray<PackageImport>
  readonly stages: ReadonlyMap<string, StageCode>
}

/** One thing that is wrong with a study's code. Lines and columns are counted from 1. */
export const CodeFault = Schema.Struct({
  code: Schema.String,
  message: Schema.String,
  where: Schema.optionalKey(
    Schema.Struct({
      file: Schema.String,
      line: Schema.optionalKey(Schema.Int),
      column: Schema.optionalKey(Schema.Int),
      /** The line's text, where the compiler gave it. */
      text: Schema.optionalKey(Schema.String)
    })
  )
})
export type CodeFault = typeof CodeFault.Type

/** A study's code cannot be used: all that is wrong with it, together. */
export class BundleFailure extends Schema.TaggedError<BundleFailure>()("BundleFailure", { faults: Schema.NonEmptyArray(CodeFault) }) {
  override get message(): string {
    return this.faults.map((fault) => fault.message).join("\n")
  }
}
