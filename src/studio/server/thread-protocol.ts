/** What the thread of the server and those that answer say to each other. Texts go through undecoded: reading and writing them is not for the thread that has events to pass on. */
import type { SharedFlags } from "../../workspace/workspace.ts"

/** How a thread that answers begins. */
export interface Beginning {
  readonly flags: SharedFlags
  /** The URL of the built command line, beside which the other built files stand. */
  readonly cli: string
  readonly readOnly: boolean
  /** A folder for results of queries. */
  readonly results: string
}

/** studies: load them anew; store: read it anew. */
export type Outdated = "studies" | "store"

export type ToThread =
  | { readonly id: number; readonly name: string; readonly asked: string }
  | { readonly outdated: Outdated }
  /** Look whether what decides the studies is what it was. */
  | { readonly look: true }
  /** Whoever asked this went away. */
  | { readonly takenBack: number }

/** What is sent: `readReply` reads the body. The status is 200 whether it is an answer or what is wrong; another one where no page would have asked, or the fault is Sediment's. */
export interface Reply {
  readonly status: number
  readonly body: string
}
export type FromThread =
  | ({ readonly id: number } & Reply)
  /** The files that decide the studies, as far as they are known by now. */
  | { readonly decided: ReadonlyArray<string> }
  /** What was found where it was told to look; if they changed, they are being loaded anew. */
  | { readonly changed: boolean }
  /** Each load leaves something behind that only goes with the thread. */
  | { readonly worn: true }
