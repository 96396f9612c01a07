/** By what a shared store is told from any other server. */
import { hash } from "node:crypto"
import packageFile from "../../../package.json" with { type: "json" }

/** A blob that everybody puts there who writes there: the protocol has nothing that lists what a server holds. */
export const SIGNATURE = Buffer.from("results of Sediment are kept here\n")
export const SIGNATURE_SHA = hash("sha256", SIGNATURE)

const PRODUCT = "sediment-cache"
/** What `sediment cache serve` says of itself in the header Server. */
export const SERVER = `${PRODUCT}/${packageFile.version}`

/** The version of `sediment cache serve`, by that header; undefined where it is another server. */
export const servedBy = (server: string | undefined): string | undefined => (server?.startsWith(`${PRODUCT}/`) ? server.slice(PRODUCT.length + 1) : undefined)
