import type { Json } from "../../dag/stage.ts"

/** An input of a capsule: what it is, and its file below the capsule's folder. */
export type CapsuleInput =
  | { readonly kind: "table"; readonly node: string; readonly output: string; readonly file: string }
  | { readonly kind: "file"; readonly path: string; readonly note: string | undefined; readonly file: string }

/** A node that runs alone, as `capsule.json` tells it: what its stage is given, beside the code. */
export interface Capsule {
  readonly version: 1
  readonly study: string
  readonly node: string
  readonly stage: string
  /** The fingerprint of the stage's code. */
  readonly code: string
  readonly params: Json
  readonly seed: number
  readonly inputs: Readonly<Record<string, CapsuleInput | ReadonlyArray<CapsuleInput>>>
  /** Where the node was fresh: the SHA-256 of each of its artifacts, by output. */
  readonly artifacts: Readonly<Record<string, string>>
}

/** The names of files and folders in a capsule's folder. */
export const CAPSULE = {
  record: "capsule.json",
  stages: "stages.mjs",
  inputs: "inputs",
  command: "command",
  sediment: "sediment",
  packages: "packages"
} as const
