/** What a file's first bytes say of its encoding. */
export interface ByteOrderMark {
  /** As the web calls it; `utf-32le` and `utf-32be` are no encodings of the web. */
  readonly encoding: string
  readonly length: number
}

const MARKS: ReadonlyArray<readonly [encoding: string, bytes: ReadonlyArray<number>]> = [
  // Longer ones first: that of UTF-32 begins as that of UTF-16 does.
  ["utf-32le", [0xff, 0xfe, 0, 0]],
  ["utf-32be", [0, 0, 0xfe, 0xff]],
  ["gb18030", [0x84, 0x31, 0x95, 0x33]],
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]]
]

/** The byte order mark that a file begins with, if any. `head`: its first four bytes, or all that there are. */
export const byteOrderMark = (head: Uint8Array): ByteOrderMark | undefined => {
  const found = MARKS.find(([, bytes]) => bytes.every((byte, i) => head[i] === byte))
  return found && { encoding: found[0], length: found[1].length }
}
