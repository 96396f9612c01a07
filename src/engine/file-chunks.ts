/** Files that are read piece by piece, whatever their size. */
import { createHash } from "node:crypto"
import { closeSync, openSync, readSync } from "node:fs"

/** With larger pieces reading takes longer, since each is new memory, and more of it is in use at a time. */
const CHUNK = 1 << 16

/** Fills as much of the buffer as the file has, and gives how much that is. A read may give less than there is. */
const fill = (file: number, buffer: Uint8Array): number => {
  let length = 0
  while (length < buffer.length) {
    const read = readSync(file, buffer, length, buffer.length - length, null)
    if (read === 0) break
    length += read
  }
  return length
}

/** A file's content from its first byte on: pieces of 64 KB, the last one shorter, each of them the taker's own. */
export function* fileChunks(path: string): Generator<Uint8Array> {
  const file = openSync(path, "r")
  try {
    for (;;) {
      const chunk = new Uint8Array(CHUNK)
      const length = fill(file, chunk)
      if (length > 0) yield chunk.subarray(0, length)
      if (length < CHUNK) return
    }
  } finally {
    closeSync(file)
  }
}

/** SHA-256 of a file's content. */
export const hashOfFile = (path: string): string => {
  const hash = createHash("sha256")
  const chunk = new Uint8Array(CHUNK)
  const file = openSync(path, "r")
  try {
    for (;;) {
      const length = fill(file, chunk)
      hash.update(chunk.subarray(0, length))
      if (length < CHUNK) return hash.digest("hex")
    }
  } finally {
    closeSync(file)
  }
}
