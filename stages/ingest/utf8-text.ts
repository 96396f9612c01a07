import { type SourceFile, StageFailure } from "@sediment/sediment"
import { Effect } from "effect"

/** The first line, from 1, with a byte that UTF-8 does not have there. No byte of a longer UTF-8 character is a line feed, so lines can be tried one by one. */
const firstBadLine = (bytes: Uint8Array): number => {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  let from = 0
  for (let line = 1; ; line++) {
    const feed = bytes.indexOf(10, from)
    const end = feed === -1 ? bytes.length : feed + 1
    try {
      decoder.decode(bytes.subarray(from, end))
    } catch {
      return line
    }
    if (end === bytes.length) return line
    from = end
  }
}

/** A file as text, or the first line that is not UTF-8. */
export const decodeUtf8 = ({ bytes, path }: SourceFile): Effect.Effect<string, StageFailure> =>
  Effect.try({
    try: () => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    catch: () => {
      const row = firstBadLine(bytes)
      return StageFailure.of("not-utf8", `${path}, line ${row}: not UTF-8; save the file as UTF-8 (from GB18030, GBK or Latin-1, say)`, {
        file: path,
        row,
        expected: "UTF-8"
      })
    }
  })
