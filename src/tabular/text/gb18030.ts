/**
 * Finds what GB 18030 does not have, which is more than the web's decoder refuses (it takes 0x80 for a euro sign). Its characters are bytes up to 0x7F; pairs
 * of 0x81 to 0xFE and 0x40 to 0xFE without 0x7F; and fours of 0x81 to 0xFE, 0x30 to 0x39, 0x81 to 0xFE, 0x30 to 0x39, those for U+0080 to U+FFFF up to
 * 8431A439, those for U+10000 to U+10FFFF from 90308130 to E3329A35. GBK, and GB 2312, are its pairs.
 */
export class Gb18030Check {
  /** Bytes of the character under way, and how many. */
  #first = 0
  #second = 0
  #third = 0
  #have = 0
  #at = 0

  /** Where the first character begins that GB 18030 does not have, from the first byte that was given; undefined where all is well so far. */
  feed(bytes: Uint8Array): number | undefined {
    const base = this.#at
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!
      if (this.#have === 0) {
        if (byte < 0x80) continue
        if (byte === 0x80 || byte === 0xff) return base + i
        this.#first = byte
        this.#have = 1
        continue
      }
      const start = base + i - this.#have
      if (this.#have === 1) {
        if (byte >= 0x40 && byte !== 0x7f && byte !== 0xff) this.#have = 0
        else if (byte >= 0x30 && byte <= 0x39) {
          this.#second = byte
          this.#have = 2
        } else return start
      } else if (this.#have === 2) {
        if (byte < 0x81 || byte === 0xff) return start
        this.#third = byte
        this.#have = 3
      } else {
        if (byte < 0x30 || byte > 0x39 || !this.#isFour(byte)) return start
        this.#have = 0
      }
    }
    this.#at = base + bytes.length
    return undefined
  }

  #isFour(fourth: number): boolean {
    const number = ((this.#first * 256 + this.#second) * 256 + this.#third) * 256 + fourth
    return number <= 0x8431a439 || (number >= 0x90308130 && number <= 0xe3329a35)
  }

  /** Where the character begins within which the bytes end. */
  end(): number | undefined {
    return this.#have === 0 ? undefined : this.#at - this.#have
  }
}
