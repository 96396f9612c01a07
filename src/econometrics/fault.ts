/** Thrown by an estimator where the user's data or choices make its result undefined: a stable code and a sentence that says what to do. */
export class Fault extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = "Fault"
    this.code = code
  }
}

/** What an estimator gives, or the Fault that it throws; anything else that it throws is a defect, and thrown on. */
export const resultOrFault = <A>(estimate: () => A): A | Fault => {
  try {
    return estimate()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

/** Something that a reader of the result must know, though it could be computed. */
export interface Warning {
  readonly code: string
  readonly message: string
}
