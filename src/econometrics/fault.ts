/** Thrown by an estimator where the user's data or choices make its result undefined: a stable code and a sentence that says what to do. */
export class Fault extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = "Fault"
    this.code = code
  }
}

/** Something that a reader of the result must know, though it could be computed. */
export interface Warning {
  readonly code: string
  readonly message: string
}
