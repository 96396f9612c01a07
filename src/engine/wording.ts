/** How counts, sizes, durations and moments are written in messages. */

/** A duration as a person reads it: 340 ms, 12.4 s, 3 min 05 s. */
export const duration = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${String(Math.floor((ms % 60_000) / 1000)).padStart(2, "0")} s`
}

/** A number of bytes as a person reads it, in decimal units: 340 B, 1.2 kB, 12.0 MB, 1.5 GB. */
export const size = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_950) return `${(bytes / 1e3).toFixed(1)} kB`
  if (bytes < 999_950_000) return `${(bytes / 1e6).toFixed(1)} MB`
  return `${(bytes / 1e9).toFixed(1)} GB`
}

/** A noun beside a number: `node`, or its plural. */
export const noun = (n: number, singular: string, plural = `${singular}s`): string => (n === 1 ? singular : plural)

/** `1 node`, `2 nodes`. */
export const count = (n: number, singular: string, plural?: string): string => `${n} ${noun(n, singular, plural)}`

/** A moment as a person reads it: 2026-11-25 02:10:30 UTC. */
export const moment = (at: number): string => `${new Date(at).toISOString().replace("T", " ").slice(0, 19)} UTC`
