/** How counts, sizes, durations and moments are written in the page: as the command line writes them. */
export { count, duration, moment, size } from "../../engine/wording.ts"
