import { styleText } from "node:util"

export type Style = (format: Parameters<typeof styleText>[0], text: string) => string

/** Colour for a stream: only where it is a terminal, and NO_COLOR is not set. */
export const styleFor = (stream: NodeJS.WriteStream): Style =>
  stream.isTTY && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb"
    ? (format, text) => styleText(format, text, { validateStream: false })
    : (_, text) => text

/** A duration as a person reads it: 340 ms, 12.4 s, 3 min 05 s. */
export const duration = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${String(Math.floor((ms % 60_000) / 1000)).padStart(2, "0")} s`
}

export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`

/** A moment as a person reads it: 2026-11-25 02:10:30 UTC. */
export const moment = (at: number): string => `${new Date(at).toISOString().replace("T", " ").slice(0, 19)} UTC`

/** The first of some lines, and how many there are more. */
export const limited = (lines: ReadonlyArray<string>, most: number, all: boolean): ReadonlyArray<string> =>
  all || lines.length <= most + 1 ? lines : [...lines.slice(0, most), `and ${lines.length - most} more: --all`]
