import { Effect } from "effect"
import type { HttpServerRequest } from "effect/http"
import { questionNamed } from "../messages/questions.ts"
import { replyTo } from "./reply.ts"
import { refuse, send } from "./responses.ts"
import type { Sources } from "./sources.ts"

/** The answer to a question of the page, `POST /ask/NAME`. */
export const answerAsked = (request: HttpServerRequest.HttpServerRequest, name: string, sources: Sources) =>
  Effect.gen(function* () {
    const { headers, method } = request
    if (method !== "POST") return refuse(405, "method", "questions are asked by POST")
    if (!/^application\/json\b/.test(headers["content-type"] ?? "")) return refuse(415, "content-type", "questions are asked as application/json")
    const question = questionNamed(name)
    if (question === undefined) return refuse(404, "unknown-question", `there is no question "${name}"`)
    if (question.acts && sources.readOnly) return refuse(403, "read-only", `the studio was opened with --read-only: ${name} is refused`)
    const asked = yield* Effect.option(request.text)
    if (asked._tag === "None") return refuse(413, "too-long", "what is asked is longer than 1 MiB, or was cut off")
    const here = sources.here[name]
    const answered = here === undefined ? sources.threadFor(name).ask(name, asked.value) : replyTo(name, question, asked.value, here)
    // What does something is not left half done by somebody who goes away.
    return send(yield* question.acts ? Effect.uninterruptible(answered) : answered)
  })
