import type { Command, Finished } from "./child.ts"
import type { GeneratedDag } from "./generate-dag.ts"

/** A program that brings a DAG's files up to date. */
export interface Tool {
  readonly name: string
  readonly version: string
  /** Why it cannot take this DAG, or undefined. */
  readonly unfit: (dag: GeneratedDag) => string | undefined
  /** Writes what it needs beside the sources. */
  readonly prepare: (dag: GeneratedDag) => void
  readonly run: Command
  /** Asks what is to be done, and changes nothing. */
  readonly status: Command
  /** How many nodes a finished `run` ran. */
  readonly ran: (finished: Finished) => number
  /** What the last node came to, as the tool keeps it. */
  readonly answer: (dag: GeneratedDag) => number
}
