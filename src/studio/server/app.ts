import { ByteSize, Effect, Schedule, Stream } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import type { CliFailure } from "../../workspace/failure.ts"
import { questionNamed } from "../messages/questions.ts"
import { madeFile } from "./artifact/made-file.ts"
import { pictureAsked, pictureIn } from "./artifact/picture-address.ts"
import { cookieName, type Guarded, isToken, refusalOf } from "./guard.ts"
import type { Announcement, Announcements } from "./live/announcements.ts"
import type { OnceOnly } from "./once-only.ts"
import type { PageFile } from "./page-files.ts"
import { refusal, replyTo } from "./reply.ts"
import { resultFile } from "./sql/result-files.ts"
import type { Thread } from "./thread.ts"
import type { Reply } from "./thread-protocol.ts"

/** What the server answers from. */
export interface Sources {
  readonly guarded: Guarded
  readonly once: OnceOnly
  readonly readOnly: boolean
  readonly files: ReadonlyMap<string, PageFile>
  readonly announcements: Announcements
  /** The folder of results of queries. */
  readonly results: string
  /** The thread that a question is for. */
  readonly threadFor: (question: string) => Pick<Thread, "ask">
  /** What is answered here, where runs are followed. */
  readonly here: Readonly<Record<string, (asked: never) => Effect.Effect<unknown, CliFailure>>>
}

/**
 * Scripts and styles come from the page's own files only, and nothing else is loaded from anywhere. No text of a study can become a script, whatever it holds.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join("; ")

/** A picture has its colours in a style of its own, and nothing else. */
const PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

const SAFE = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store"
}

/** Of what is asked in one question. */
const LONGEST_QUESTION = ByteSize.mebibytes(1)

const bytes = new TextEncoder()
const asServerSent = (text: string): Uint8Array => bytes.encode(text)

const messageText = ({ body, id }: Announcement) => asServerSent(`id: ${id}\ndata: ${body}\n\n`)

/** First a message without events, from which on none is missed; a comment every so often, by which each side sees that the other is there. */
const eventStream = (announcements: Announcements) =>
  Stream.unwrap(
    Effect.map(announcements.subscribe, ({ first, following }) =>
      Stream.concat(
        Stream.make(messageText(first)),
        Stream.merge(Stream.map(following, messageText), Stream.fromSchedule(Schedule.spaced("15 seconds")).pipe(Stream.map(() => asServerSent(": here\n\n"))))
      )
    )
  )

const send = ({ body, status }: Reply) => HttpServerResponse.text(body, { status, contentType: "application/json", headers: SAFE })
const refuse = (status: number, code: string, message: string) => send(refusal(status, [{ code, message }]))
/** To somebody who has typed an address, a sentence. */
const refuseInWords = (status: number, message: string) => HttpServerResponse.text(`${message}\n`, { status, headers: SAFE })

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
    if (path.startsWith("/ask/")) {
      if (method !== "POST") return refuse(405, "method", "questions are asked by POST")
      if (!/^application\/json\b/.test(headers["content-type"] ?? "")) return refuse(415, "content-type", "questions are asked as application/json")
      const name = path.slice("/ask/".length)
      const question = questionNamed(name)
      if (question === undefined) return refuse(404, "unknown-question", `there is no question "${name}"`)
      if (question.acts && sources.readOnly) return refuse(403, "read-only", `the studio was opened with --read-only: ${name} is refused`)
      const asked = yield* Effect.option(request.text)
      if (asked._tag === "None") return refuse(413, "too-long", "what is asked is longer than 1 MiB, or was cut off")
      const here = sources.here[name]
      const answered = here === undefined ? sources.threadFor(name).ask(name, asked.value) : replyTo(name, question, asked.value, here)
      // What does something is not left half done by somebody who goes away.
      return send(yield* question.acts ? Effect.uninterruptible(answered) : answered)
    }
    if (method !== "GET") return refuseInWords(405, `${path} is asked for by GET`)
    if (path === "/events") return HttpServerResponse.stream(eventStream(sources.announcements), { contentType: "text/event-stream", headers: SAFE })
    if (path.startsWith("/sql/")) {
      const result = resultFile(sources.results, path.slice("/sql/".length))
      if (result === undefined) return refuseInWords(404, "there is no such result of a query: it is kept for ten minutes; ask for it again")
      return HttpServerResponse.raw(result.content, {
        contentType: result.type,
        contentLength: result.bytes,
        headers: { ...SAFE, "content-disposition": "attachment" }
      })
    }
    if (path.startsWith("/download/")) {
      const { disposition, result } = madeFile(sources.results, path.slice("/download/".length))
      if (result === undefined) return refuseInWords(404, "there is no such file any more: it is kept for ten minutes; ask for it again")
      return HttpServerResponse.raw(result.content, {
        contentType: result.type,
        contentLength: result.bytes,
        headers: { ...SAFE, "content-disposition": disposition }
      })
    }
    if (path.startsWith("/picture/")) {
      const asked = pictureAsked(path.slice("/picture/".length), searchParams)
      if (asked === undefined) return refuseInWords(404, "a picture is named by the 64 digits of its artifact: /picture/SHA.svg?as=Figure&theme=light")
      const reply = yield* sources.threadFor("artifact-picture").ask("artifact-picture", JSON.stringify(asked))
      const picture = pictureIn(reply)
      return "svg" in picture
        ? HttpServerResponse.text(picture.svg, { contentType: "image/svg+xml", headers: { ...SAFE, "content-security-policy": PICTURE_POLICY } })
        : refuseInWords(reply.status === 200 ? 422 : reply.status, picture.message)
    }
    const file = sources.files.get(path)
    return file === undefined
      ? refuseInWords(404, `there is nothing at ${path}`)
      : HttpServerResponse.uint8Array(file.content, { contentType: file.type, headers: SAFE })
  }).pipe(
    Effect.provideService(HttpServerRequest.MaxBodySize, LONGEST_QUESTION),
    // Whoever goes away takes the question back, and so does the end of the studio: Effect's server runs handlers without being interrupted.
    Effect.interruptible
  )
