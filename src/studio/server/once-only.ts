import { randomBytes } from "node:crypto"
import { isToken } from "./guard.ts"

/**
 * A word that opens the studio once. It is what the command gives to the system to open the browser with: the arguments that a program is started with can be read by
 * everybody who has an account on the machine, and this one is of no use any more when the browser has opened it.
 */
export class OnceOnly {
  readonly word = randomBytes(24).toString("base64url")
  #taken = false

  /** Whether it is the word, and nobody has come with it before. */
  take(given: string | undefined): boolean {
    if (this.#taken || !isToken(given, { token: this.word })) return false
    this.#taken = true
    return true
  }
}
