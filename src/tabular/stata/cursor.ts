import { faultOf } from "../fault-of.ts"
import { UnreadableFile } from "../sheet.ts"

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")

/** Reads a .dta file from front to back. Whatever lies outside of the file, or is not what must stand there, is an UnreadableFile. */
export class Cursor {
  readonly path: string
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly little: boolean
  at: number
  constructor(path: string, bytes: Uint8Array, little: boolean, at: number) {
    this.path = path
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.little = little
    this.at = at
  }

  damaged(message: string): never {
    throw new UnreadableFile([faultOf(this.path, "damaged-file", `${message}; the file is damaged: get it again, or save it anew`)])
  }

  /** So many bytes from here; `what` they are, for the fault where the file has fewer. */
  take(length: number, what: string): Uint8Array {
    const left = this.bytes.length - this.at
    if (length > left) {
      const message = `the file ends within ${what}: found ${left} bytes from byte ${this.at} on, expected ${length}; it is cut off or damaged: get it again`
      throw new UnreadableFile([faultOf(this.path, "truncated-file", message)])
    }
    return this.bytes.subarray(this.at, (this.at += length))
  }

  /** An unsigned whole number of 1 to 8 bytes. */
  unsigned(width: number, what: string): number {
    const from = this.at
    const bytes = this.take(width, what)
    let value = 0
    for (let i = 0; i < width; i++) value = value * 256 + bytes[this.little ? width - 1 - i : i]!
    if (!Number.isSafeInteger(value)) this.damaged(`byte ${from}: ${what} is ${value}, more than can be`)
    return value
  }

  int32(what: string): number {
    const from = this.at
    this.take(4, what)
    return this.view.getInt32(from, this.little)
  }

  /** A text that ends at its first zero byte, in a field of a fixed width. */
  field(width: number, what: string): Uint8Array {
    return untilZero(this.take(width, what))
  }

  expect(text: string): void {
    const from = this.at
    const found = latin1(this.take(text.length, text))
    if (found !== text) this.damaged(`byte ${from}: found ${JSON.stringify(found)}, expected ${text}`)
  }

  /** Goes past `text` where it stands here. */
  skip(text: string): boolean {
    if (latin1(this.bytes.subarray(this.at, this.at + text.length)) !== text) return false
    this.at += text.length
    return true
  }
}

export const untilZero = (bytes: Uint8Array): Uint8Array => {
  const end = bytes.indexOf(0)
  return end < 0 ? bytes : bytes.subarray(0, end)
}
