import { artifactQuestions } from "../../messages/artifact.ts"
import { readReply } from "../../messages/question.ts"
import type { Reply } from "../thread-protocol.ts"

/** What an address `SHA.svg?as=Figure&theme=dark` asks for; undefined where it is none. */
export const pictureAsked = (name: string, query: URLSearchParams): unknown => {
  const [, artifact] = /^([0-9a-f]{64})\.svg$/.exec(name) ?? []
  const as = query.get("as") ?? "Figure"
  const theme = query.get("theme") ?? "light"
  return artifact === undefined || !["Figure", "PrintedTable"].includes(as) || !["light", "dark"].includes(theme) ? undefined : { artifact, as, theme }
}

/** The drawn picture, or what is wrong. */
export const pictureIn = ({ body }: Reply): { readonly svg: string } | { readonly message: string } => {
  const reply = readReply(artifactQuestions["artifact-picture"], body)
  return "answer" in reply ? reply.answer : { message: reply.errors.map(({ message }) => message).join("\n") }
}
