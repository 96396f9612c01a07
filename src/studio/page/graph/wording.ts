/** How times and sizes are written here: as the command line writes them. */
import { took } from "../shell/elapsed.ts"

export const duration = (ms: number): string => (ms < 1 ? "under 1 ms" : took(ms))

export const size = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_950) return `${(bytes / 1e3).toFixed(1)} kB`
  if (bytes < 999_950_000) return `${(bytes / 1e6).toFixed(1)} MB`
  return `${(bytes / 1e9).toFixed(1)} GB`
}

export const moment = (at: number): string => `${new Date(at).toISOString().replace("T", " ").slice(0, 19)} UTC`

export const count = (n: number, singular: string): string => `${n} ${singular}${n === 1 ? "" : "s"}`
