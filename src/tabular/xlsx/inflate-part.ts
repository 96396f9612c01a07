import { Inflate } from "fflate"
import { crc32 } from "./crc32.ts"
import type { ZipEntry } from "./zip-directory.ts"

/** Bytes of the zip that are inflated at a time. They make at most 1,032 times as many. */
const STEP = 16_384

/** Why a part could not be inflated. */
export class DamagedPart extends Error {}

const checked = (part: ZipEntry, size: number, crc: number): void => {
  if (size !== part.size) throw new DamagedPart(`it should have ${part.size} bytes, but has ${size}`)
  if (crc !== part.crc) throw new DamagedPart("its check sum is not that of its bytes")
}

/**
 * The bytes of a part, a piece at a time, so that memory stays bounded whatever the part holds. Stops as soon as there are more than the zip's directory says;
 * throws DamagedPart for that, for what cannot be inflated, and at the end where size or CRC-32 are others than declared.
 */
export function* inflatePart(part: ZipEntry): Generator<Uint8Array> {
  const { data } = part
  if (part.method === 0) {
    yield data
    return checked(part, data.length, crc32(data))
  }
  const pieces: Array<Uint8Array> = []
  const inflate = new Inflate((piece) => pieces.push(piece))
  let size = 0
  let crc = 0
  for (let from = 0; from < data.length; from += STEP) {
    try {
      inflate.push(data.subarray(from, from + STEP), from + STEP >= data.length)
    } catch (error) {
      throw new DamagedPart(error instanceof Error ? error.message : String(error))
    }
    for (const piece of pieces.splice(0)) {
      size += piece.length
      if (size > part.size) throw new DamagedPart(`it has more than the ${part.size} bytes that the zip's directory says`)
      crc = crc32(piece, crc)
      yield piece
    }
  }
  checked(part, size, crc)
}
