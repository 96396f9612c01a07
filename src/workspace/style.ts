import { styleText } from "node:util"

export type Style = (format: Parameters<typeof styleText>[0], text: string) => string

/** Colour for a stream: only where it is a terminal, and NO_COLOR is not set. */
export const styleFor = (stream: NodeJS.WriteStream): Style =>
  stream.isTTY && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb"
    ? (format, text) => styleText(format, text, { validateStream: false })
    : (_, text) => text
