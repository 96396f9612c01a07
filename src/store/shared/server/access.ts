/** Who may read and who may write: decided by a request's head alone, before anything of its body is taken. */
import { hash, timingSafeEqual } from "node:crypto"

export interface Access {
  /** Whoever has it may read; without one, everybody may. */
  readonly readToken: string | undefined
  /** Whoever has it may read and write; without one, see `openWrites`. */
  readonly writeToken: string | undefined
  /** Whether, without a token to write, everybody may: on the machine itself. */
  readonly openWrites: boolean
  /** Whether it is listened at the machine itself alone. */
  readonly loopback: boolean
}

export interface Asking {
  readonly method: string
  readonly authorization: string | undefined
  readonly host: string | undefined
}

export interface Refusal {
  readonly status: number
  readonly message: string
}

/** Takes as long wherever they differ. */
const same = (given: string, token: string | undefined): boolean =>
  token !== undefined && timingSafeEqual(hash("sha256", given, "buffer"), hash("sha256", token, "buffer"))

/** The token that a request brings: as a bearer, or as the password of somebody, which is all that some clients can. */
const tokenIn = (authorization: string): string => {
  const [, scheme = "", value = ""] = /^(\w+) +(\S+)$/.exec(authorization.trim()) ?? []
  if (scheme.toLowerCase() !== "basic") return scheme.toLowerCase() === "bearer" ? value : ""
  const user = Buffer.from(value, "base64").toString("utf8")
  return user.slice(user.indexOf(":") + 1)
}

export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)

/** Why a request is refused; undefined where it is not. */
export const refusalOf = ({ authorization, host = "", method }: Asking, access: Access): Refusal | undefined => {
  const token = authorization === undefined ? undefined : tokenIn(authorization)
  const writes = token !== undefined && same(token, access.writeToken)
  const reads = writes || (token !== undefined && same(token, access.readToken))
  // A page of another site can have a browser ask here under a name that it made lead here; it has no token.
  if (access.loopback && !reads && !isLoopback(host.replace(/:\d+$/, ""))) return { status: 421, message: "this server is asked as localhost, or with a token" }
  if (method === "PUT") {
    if (writes) return undefined
    if (access.writeToken === undefined)
      return access.openWrites ? undefined : { status: 403, message: "this server takes nothing: it was started without a token to write" }
    return reads ? { status: 403, message: "this token is one to read" } : { status: 401, message: "to write here, a token is needed" }
  }
  if (access.readToken === undefined || reads) return undefined
  return { status: 401, message: "to read here, a token is needed" }
}
