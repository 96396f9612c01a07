/** A file that a reader is given: its content whole, or in pieces; a reader that takes pieces looks at nothing else. */
export interface FileContent {
  readonly path: string
  readonly bytes: Uint8Array
  /** The content from the first byte on, piece by piece; asking again begins again. */
  readonly chunks?: (() => Iterable<Uint8Array>) | undefined
}

/** Bytes that are taken at a time. */
const PIECE = 1 << 20

/** The content in pieces, of a file that has it whole as well. */
export function* chunksOf(file: FileContent): Generator<Uint8Array> {
  // The bytes of a file that has pieces stay unread.
  if (file.chunks !== undefined) yield* file.chunks()
  else for (let at = 0; at < file.bytes.length; at += PIECE) yield file.bytes.subarray(at, at + PIECE)
}

/** The bytes from one offset to another, as far as there are any. */
export const bytesBetween = (file: FileContent, from: number, to: number): Uint8Array => {
  const found: Array<Uint8Array> = []
  let at = 0
  for (const chunk of chunksOf(file)) {
    if (at + chunk.length > from) found.push(chunk.slice(Math.max(0, from - at), to - at))
    at += chunk.length
    if (at >= to) break
  }
  const joined = new Uint8Array(found.reduce((sum, { length }) => sum + length, 0))
  let end = 0
  for (const piece of found) {
    joined.set(piece, end)
    end += piece.length
  }
  return joined
}
