import type { Reply } from "../thread-protocol.ts"

/** What an address `SHA.svg?as=Figure&theme=dark` asks for; undefined where it is none. */
export const pictureAsked = (name: string, query: URLSearchParams): unknown => {
  const [, artifact] = /^([0-9a-f]{64})\.svg$/.exec(name) ?? []
  const as = query.get("as") ?? "Figure"
  const theme = query.get("theme") ?? "light"
  return artifact === undefined || !["Figure", "PrintedTable"].includes(as) || !["light", "dark"].includes(theme) ? undefined : { artifact, as, theme }
}

export const svgIn = ({ body }: Reply): string => (JSON.parse(body) as { readonly svg: string }).svg
export const messagesIn = ({ body }: Reply): string =>
  (JSON.parse(body) as { readonly errors: ReadonlyArray<{ readonly message: string }> }).errors.map(({ message }) => message).join("\n")
