import { duration as took } from "../wording.ts"

/** How long a node took. */
export const duration = (ms: number): string => (ms < 1 ? "under 1 ms" : took(ms))
