const memory = new Map<string, ReadonlyMap<string, ReadonlyArray<number>>>()

/** The bytes of every character that an encoding of one or two bytes has, taken from its decoder. */
const tableOf = (encoding: string): ReadonlyMap<string, ReadonlyArray<number>> => {
  const known = memory.get(encoding)
  if (known !== undefined) return known
  const decoder = new TextDecoder(encoding, { fatal: true })
  const table = new Map<string, ReadonlyArray<number>>()
  const add = (...bytes: ReadonlyArray<number>) => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes))
      if ([...character].length === 1 && !table.has(character)) table.set(character, bytes)
    } catch {
      // No character of this encoding.
    }
  }
  for (let byte = 0; byte < 256; byte++) add(byte)
  if (!/^(windows|iso)-/.test(encoding)) for (let first = 0x81; first < 0xff; first++) for (let second = 0x40; second < 0xff; second++) add(first, second)
  // The decoder takes this byte; GB 18030 does not have it.
  if (encoding === "gb18030") table.delete("€")
  memory.set(encoding, table)
  return table
}

/** A character as GB 18030 has it in four bytes, beyond the BMP. */
const four = (character: string): ReadonlyArray<number> => {
  const n = character.codePointAt(0)! - 0x10000
  return [0x90 + Math.floor(n / 12_600), 0x30 + (Math.floor(n / 1260) % 10), 0x81 + (Math.floor(n / 10) % 126), 0x30 + (n % 10)]
}

/** A text in an encoding. Throws where the encoding does not have a character. */
export const encode = (text: string, encoding: string): Uint8Array => {
  if (encoding === "utf-8") return new TextEncoder().encode(text)
  if (encoding.startsWith("utf-16")) {
    const bytes = new Uint8Array(2 * text.length)
    const view = new DataView(bytes.buffer)
    for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), encoding === "utf-16le")
    return bytes
  }
  const table = tableOf(encoding)
  return Uint8Array.from(
    [...text].flatMap((character) => {
      const bytes = table.get(character) ?? (encoding === "gb18030" && character.codePointAt(0)! > 0xffff ? four(character) : undefined)
      if (bytes === undefined) throw new Error(`${encoding} does not have ${character}`)
      return [...bytes]
    })
  )
}

export const MARKS: Readonly<Record<string, ReadonlyArray<number>>> = {
  "utf-8": [0xef, 0xbb, 0xbf],
  "utf-16le": [0xff, 0xfe],
  "utf-16be": [0xfe, 0xff],
  gb18030: [0x84, 0x31, 0x95, 0x33]
}
export const withMark = (text: string, encoding: string): Uint8Array => Uint8Array.from([...MARKS[encoding]!, ...encode(text, encoding)])
