/** Unpacks a block of Snappy (github.com/google/snappy, format_description.txt) to so many bytes; undefined where it is none, or unpacks to another number of bytes. */
export const unsnappy = (input: Uint8Array, length: number): Uint8Array | undefined => {
  let at = 0
  let stated = 0
  for (let shift = 0; ; shift += 7) {
    const byte = input[at++]
    if (byte === undefined || shift > 28) return undefined
    stated += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) break
  }
  if (stated !== length) return undefined
  const output = new Uint8Array(length)
  let end = 0
  const number = (bytes: number): number => {
    let value = 0
    for (let i = 0; i < bytes; i++) value += (input[at++] ?? Number.NaN) * 256 ** i
    return value
  }
  while (at < input.length) {
    const tag = input[at++]!
    const kind = tag & 3
    if (kind === 0) {
      const size = tag >> 2 < 60 ? (tag >> 2) + 1 : number((tag >> 2) - 59) + 1
      if (!(at + size <= input.length && end + size <= length)) return undefined
      output.set(input.subarray(at, at + size), end)
      at += size
      end += size
      continue
    }
    const size = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1
    const back = kind === 1 ? (tag >> 5) * 256 + number(1) : number(kind === 2 ? 2 : 4)
    if (!(back >= 1 && back <= end && end + size <= length)) return undefined
    for (const stop = end + size; end < stop; end++) output[end] = output[end - back]!
  }
  return end === length ? output : undefined
}
