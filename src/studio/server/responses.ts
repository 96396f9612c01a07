/** What every answer has, and refusals. */
import { HttpServerResponse } from "effect/http"
import { refusal } from "./reply.ts"
import type { Reply } from "./thread-protocol.ts"

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

/** What each answer tells the browser. */
export const SAFE = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store"
}

export const send = ({ body, status }: Reply) => HttpServerResponse.text(body, { status, contentType: "application/json", headers: SAFE })
export const refuse = (status: number, code: string, message: string) => send(refusal(status, [{ code, message }]))
/** To somebody who has typed an address, a sentence. */
export const refuseInWords = (status: number, message: string) => HttpServerResponse.text(`${message}\n`, { status, headers: SAFE })
