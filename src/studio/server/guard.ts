/** Who may ask what of the studio: decided by the request alone, before anything is read of it. */
import { timingSafeEqual } from "node:crypto"

/** What a request says of itself. */
export interface Asking {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
  readonly cookie: string | undefined
}

export interface Guarded {
  readonly token: string
  /** The port that is listened at. */
  readonly port: number
  /** Names under which the studio may be called besides those of the loopback. */
  readonly hosts: ReadonlyArray<string>
}

export interface Refusal {
  readonly status: 403 | 401 | 421
  readonly code: string
  readonly message: string
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]

/** Cookies know no port: two studios of one machine must not take each other's. */
export const cookieName = (port: number): string => `sediment-studio-${port}`

const same = (given: string, token: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Whether what somebody gave is the token; takes as long wherever it differs. */
export const isToken = (given: string | undefined, { token }: Pick<Guarded, "token">): boolean => given !== undefined && same(given, token)

const cookieIn = (header: string, name: string): string | undefined =>
  header
    .split(";")
    .map((one) => one.trim())
    .find((one) => one.startsWith(`${name}=`))
    ?.slice(name.length + 1)

/** A browser leaves out the port that http has anyway. */
const own = ({ hosts, port }: Guarded): ReadonlyArray<string> => [...LOOPBACK, ...hosts].map((host) => (port === 80 ? host : `${host}:${port}`).toLowerCase())

/**
 * Why a request is refused; undefined where it is not. A page of another site can have a browser send requests here: with its own name in Host where it made that name
 * lead here (DNS rebinding), or with its own Origin. Neither is answered, whatever cookie comes along.
 */
export const refusalOf = (asking: Asking, guarded: Guarded): Refusal | undefined => {
  const names = own(guarded)
  if (asking.host === undefined || !names.includes(asking.host.toLowerCase()))
    return { status: 421, code: "host", message: `the studio is not called "${asking.host ?? ""}": it answers to ${names.join(", ")}` }
  if (asking.origin !== undefined && !names.some((name) => asking.origin === `http://${name}`))
    return { status: 403, code: "origin", message: "a page of another site asks: only the studio's own page may" }
  if (asking.fetchSite !== undefined && asking.fetchSite !== "same-origin" && asking.fetchSite !== "none" && asking.path !== "/")
    return { status: 403, code: "origin", message: "a page of another site asks: only the studio's own page may" }
  if (!isToken(asking.cookie === undefined ? undefined : cookieIn(asking.cookie, cookieName(guarded.port)), guarded))
    return { status: 401, code: "token", message: "the address of the studio has a token, which its command prints: open it with that once" }
  return undefined
}
