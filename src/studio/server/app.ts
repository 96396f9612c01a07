import { ByteSize, Effect } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import { atAddress } from "./addresses.ts"
import { answerAsked } from "./asked.ts"
import { cookieName, isToken, refusalOf } from "./guard.ts"
import { refuse, refuseInWords, SAFE } from "./responses.ts"
import type { Sources } from "./sources.ts"

/** Of what is asked in one question. */
const LONGEST_QUESTION = ByteSize.mebibytes(1)

/** Whether an address has the token, or the word that opens the studio once. */
const opens = (query: URLSearchParams, { guarded, once }: Sources): boolean =>
  isToken(query.get("token") ?? undefined, guarded) || once.take(query.get("once") ?? undefined)

const OPENED_BEFORE =
  "this address is good for one opening, and has been opened: open the one that the studio's command has printed; where nobody that you know of has opened this one, end the studio"

/** The studio's answer to a request, whoever it is from. */
export const app = (sources: Sources) =>
  Effect.gen(function* () {
    const { guarded } = sources
    const request = yield* HttpServerRequest.HttpServerRequest
    // From the root on: what begins with // or has a host of its own is no address of the studio's.
    const asksFor = request.url.startsWith("/") ? URL.parse(`http://studio${request.url}`) : null
    if (asksFor === null) return refuseInWords(400, "this is not the address of anything")
    const { pathname: path, searchParams } = asksFor
    const { headers, method } = request
    const asking = { method, path, host: headers["host"], origin: headers["origin"], fetchSite: headers["sec-fetch-site"], cookie: headers["cookie"] }
    const refused = refusalOf(asking, guarded)
    // Whoever opens the address with its token is known by a cookie from then on, and the token is out of sight.
    if ((refused === undefined || refused.code === "token") && method === "GET" && path === "/" && opens(searchParams, sources))
      return HttpServerResponse.redirect("/", {
        status: 303,
        headers: { ...SAFE, "set-cookie": `${cookieName(guarded.port)}=${guarded.token}; HttpOnly; SameSite=Strict; Path=/` }
      })
    if (refused?.code === "token" && searchParams.has("once")) return refuseInWords(refused.status, OPENED_BEFORE)
    if (refused !== undefined)
      return path.startsWith("/ask/") ? refuse(refused.status, refused.code, refused.message) : refuseInWords(refused.status, refused.message)
    if (path.startsWith("/ask/")) return yield* answerAsked(request, path.slice("/ask/".length), sources)
    return method === "GET" ? yield* atAddress(path, searchParams, sources) : refuseInWords(405, `${path} is asked for by GET`)
  }).pipe(
    Effect.provideService(HttpServerRequest.MaxBodySize, LONGEST_QUESTION),
    // Whoever goes away takes the question back, and so does the end of the studio: Effect's server runs handlers without being interrupted.
    Effect.interruptible
  )
