import { bytesBetween, chunksOf, type FileContent } from "../file-content.ts"

/** A byte of a text file as an editor finds it. */
export interface Place {
  readonly line: number
  /** From 1, within the line. */
  readonly byte: number
  /** The bytes of the cell, or of the part of it that is near. */
  readonly near: Uint8Array
}

/** Bytes between which a cell stands in every encoding that has ASCII: none of them is a part of a longer character. */
const ENDS = [9, 10, 13, 34, 44, 59]
const NEAR = 48

/** Where a byte of a file stands. Lines end with LF, CRLF or CR. */
export const placeOf = (file: FileContent, offset: number, encoding: string): Place => {
  const wide = encoding.startsWith("utf-16")
  const low = encoding === "utf-16be" ? 1 : 0
  let line = 1
  let start = 0
  let at = 0
  let other = 0
  let afterReturn = false
  for (const chunk of chunksOf(file)) {
    for (let i = 0; i < chunk.length && at < offset; i++, at++) {
      const byte = chunk[i]!
      if (wide && at % 2 === 0) {
        other = byte
        continue
      }
      const code = wide ? (low === 1 ? other * 256 + byte : byte * 256 + other) : byte
      if (code === 13 || code === 10) {
        if (code === 13 || !afterReturn) line++
        start = at + 1
      }
      afterReturn = code === 13
    }
    if (at >= offset) break
  }
  const from = Math.max(start, offset - NEAR)
  const around = bytesBetween(file, from, offset + NEAR)
  let [left, right] = [offset - from, offset - from]
  while (!wide && left > 0 && !ENDS.includes(around[left - 1]!)) left--
  while (!wide && right < around.length && !ENDS.includes(around[right]!)) right++
  return { line, byte: offset - start + 1, near: around.subarray(left, Math.max(right, left + 1)) }
}

/** The first byte at which a decoder stops, since what stands there or just before is not in its encoding; the file's length where it ends within a character. */
export const firstUndecodable = (file: FileContent, encoding: string): number | undefined => {
  /** Feeds the bytes between two offsets in small steps, all others in pieces, and says within which step it stopped. */
  const stops = (from: number, to: number, step: number): readonly [from: number, to: number] | undefined => {
    const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
    let at = 0
    for (const chunk of chunksOf(file)) {
      const size = at + chunk.length > from && at < to ? step : chunk.length
      for (let i = 0; i < chunk.length; i += size) {
        const piece = chunk.subarray(i, i + size)
        try {
          decoder.decode(piece, { stream: true })
        } catch {
          return [at + i, at + i + piece.length]
        }
      }
      at += chunk.length
    }
    try {
      decoder.decode()
      return undefined
    } catch {
      return [at, at]
    }
  }
  let found = stops(0, 0, 1)
  for (const step of [1024, 1]) if (found !== undefined && found[1] - found[0] > 1) found = stops(found[0], found[1], step)
  return found?.[0]
}
