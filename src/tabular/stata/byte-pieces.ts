const encoder = new TextEncoder()

export const utf8 = (text: string): Uint8Array => encoder.encode(text)

/** A whole number in so many bytes, the least significant first. */
export const littleEndian = (value: number, width: number): Uint8Array => {
  const bytes = new Uint8Array(width)
  for (let i = 0, rest = value; i < width; i++, rest = Math.floor(rest / 256)) bytes[i] = rest % 256
  return bytes
}

/** A text in a field of a fixed width, with at least one zero behind it. */
export const fixedField = (text: string, width: number): Uint8Array => {
  const bytes = new Uint8Array(width)
  encoder.encodeInto(text, bytes.subarray(0, width - 1))
  return bytes
}

export const joined = (pieces: ReadonlyArray<Uint8Array>): Uint8Array => {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
