/** Where in the studio one is: the part of the address after #, so that each view can be linked to, reloaded and gone back to. `#/STUDY/VIEW/REST…?name=value` */
import { signal } from "@preact/signals"

export interface Route {
  readonly study: string
  /** graph, node, sql, results, estimates, runs, what-if; "" at the beginning. */
  readonly view: string
  readonly rest: ReadonlyArray<string>
  readonly query: Readonly<Record<string, string>>
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export const parseRoute = (hash: string): Route => {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2)
  const [study = "", view = "", ...rest] = path.split("/").map(decoded)
  return { study, view, rest, query: Object.fromEntries(new URLSearchParams(query)) }
}

/** The address of a view, for a link. */
export const addressOf = (study: string, view: string, rest: ReadonlyArray<string> = [], query: Readonly<Record<string, string>> = {}): string => {
  const path = [study, view, ...rest].map(encodeURIComponent).join("/")
  const asked = new URLSearchParams(query).toString()
  return `#/${path}${asked === "" ? "" : `?${asked}`}`
}

export const route = signal<Route>(parseRoute(location.hash))
addEventListener("hashchange", () => {
  route.value = parseRoute(location.hash)
})

/** Goes to a view; `replace` leaves no step to go back to (a filter that is being typed). */
export const goTo = (address: string, how: "push" | "replace" = "push"): void => {
  if (how === "push") location.hash = address
  else {
    history.replaceState(null, "", address)
    route.value = parseRoute(address)
  }
}
