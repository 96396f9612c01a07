import type { Fault } from "../dag/stage.ts"

/** A snapshot cannot be taken: all that is known to be wrong. */
export class SnapshotFailure extends Error {
  readonly faults: ReadonlyArray<Fault>
  constructor(faults: ReadonlyArray<Fault>) {
    super(faults.map(({ message }) => message).join("\n"))
    this.name = "SnapshotFailure"
    this.faults = faults
  }
}
