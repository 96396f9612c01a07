/** What the thread of the server and those that answer say to each other. Texts go through undecoded: reading and writing them is not for the thread that has events to pass on. */
import type { SharedFlags } from "../../workspace/workspace.ts"

/** How a thread that answers begins. */
export interface Beginning {
  readonly flags: SharedFlags
  /** The URL of the built command line, beside which the other built files stand. */
  readonly cli: string
  readonly readOnly: boolean
}

/** studies: load them anew; store: read it anew. */
export type Outdated = "studies" | "store"

export type ToThread = { readonly id: number; readonly name: string; readonly asked: string } | { readonly outdated: Outdated }

export interface Reply {
  readonly status: number
  readonly body: string
}
export type FromThread =
  | ({ readonly id: number } & Reply)
  /** The files that decide the studies, each with what it was when they were loaded. */
  | { readonly decided: ReadonlyArray<readonly [path: string, identity: string]>; readonly loaded: boolean }
