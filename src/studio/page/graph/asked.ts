/** What of the picture is asked for: it all stands in the address. */
import { addressOf, goTo, type Route } from "../route.ts"
import type { Grouping } from "./shape.ts"

export interface Asked {
  /** The node, or file, whose panel is open. */
  readonly node: string | undefined
  /** Groups that are open. */
  readonly open: ReadonlySet<string>
  /** undefined: as suits the study. */
  readonly grouping: Grouping | undefined
  /** Only what is not fresh. */
  readonly disturbed: boolean
  /** Nodes too that the study does not return. */
  readonly all: boolean
  readonly list: boolean
  readonly search: string
  /** The node whose run is asked about before it is started; "" for all; undefined for none. */
  readonly dry: string | undefined
}

const BETWEEN = "|"
const isGrouping = (text: string | undefined): text is Grouping => text === "layers" || text === "maps" || text === "nodes"

export const askedIn = ({ query }: Pick<Route, "query">): Asked => ({
  node: query["node"],
  open: new Set((query["open"] ?? "").split(BETWEEN).filter((one) => one !== "")),
  grouping: isGrouping(query["group"]) ? query["group"] : undefined,
  disturbed: query["only"] === "disturbed",
  all: query["all"] === "1",
  list: query["as"] === "list",
  search: query["search"] ?? "",
  dry: query["dry"]
})

/** The address of the DAG as it is asked for. */
export const graphAddress = (study: string, { all, disturbed, dry, grouping, list, node, open, search }: Asked): string =>
  addressOf(study, "graph", [], {
    ...(node === undefined ? {} : { node }),
    ...(open.size === 0 ? {} : { open: [...open].join(BETWEEN) }),
    ...(grouping === undefined ? {} : { group: grouping }),
    ...(disturbed ? { only: "disturbed" } : {}),
    ...(all ? { all: "1" } : {}),
    ...(list ? { as: "list" } : {}),
    ...(search === "" ? {} : { search }),
    ...(dry === undefined ? {} : { dry })
  })

/** Asks for something else of the same picture. */
export type AskFor = (changes: Partial<Asked>, how?: "push" | "replace") => void
export const askFor =
  (study: string, asked: Asked): AskFor =>
  (changes, how = "push") =>
    goTo(graphAddress(study, { ...asked, ...changes }), how)
