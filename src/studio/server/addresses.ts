import { Effect } from "effect"
import { HttpServerResponse } from "effect/http"
import { madeFile } from "./artifact/made-file.ts"
import { pictureAsked, pictureIn } from "./artifact/picture-address.ts"
import { eventStream } from "./event-stream.ts"
import { refuseInWords, SAFE } from "./responses.ts"
import type { Sources } from "./sources.ts"
import { resultFile } from "./sql/result-files.ts"

/** A picture has its colours in a style of its own, and nothing else. */
const PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** What is at an address that is asked for by GET. */
export const atAddress = (path: string, searchParams: URLSearchParams, sources: Sources) =>
  Effect.gen(function* () {
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
  })
