import { addressOf, goTo, parseRoute, type Route } from "../route.ts"

/** What of an artifact is looked at, as the address says: `#/STUDY/node/NAME?output=…&run=…&sort=…&filter=…&row=…&column=…`. */
export interface Looked {
  readonly node: string
  readonly output: string | undefined
  readonly run: string | undefined
  /** table, picture, columns or origin; undefined: what suits the artifact. */
  readonly show: string | undefined
  readonly filter: string
  readonly sort: string
  /** The row's place in the artifact, from 0. */
  readonly row: number | undefined
  readonly column: string | undefined
}

export const lookedAt = ({ query, rest }: Route): Looked => {
  const row = Number(query["row"] ?? "none")
  return {
    node: rest.join("/"),
    output: query["output"],
    run: query["run"],
    show: query["show"],
    filter: query["filter"] ?? "",
    sort: query["sort"] ?? "",
    row: Number.isInteger(row) && row >= 0 ? row : undefined,
    column: query["column"]
  }
}

/** The address with some of its values changed; "" takes one out. */
export const changed = ({ query, rest, study, view }: Route, values: Readonly<Record<string, string>>): string =>
  addressOf(study, view, rest, Object.fromEntries(Object.entries({ ...query, ...values }).filter(([, value]) => value !== "")))

/** Where one is at this moment: the route follows the address a little later. */
export const now = (): Route => parseRoute(location.hash)

/** Goes to where one is with some values changed. */
export const change = (values: Readonly<Record<string, string>>, how: "push" | "replace" = "push"): void => goTo(changed(now(), values), how)
