import type { Fault } from "../../dag/stage.ts"

/** A command that did not come to its end, or ended badly: it may come to another end if it is tried again. */
export class CommandFailure extends Error {
  readonly faults: ReadonlyArray<Fault>
  constructor(code: string, message: string) {
    super(message)
    this.name = "CommandFailure"
    this.faults = [{ code, message }]
  }
}
