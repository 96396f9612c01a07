/** Characters of ASCII that text has, among 16-bit units that begin at the first byte: how many, or undefined where a unit is zero or a surrogate is alone. */
const asciiUnits = (bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): number | undefined => {
  let text: string
  try {
    // A pair of surrogates may be cut at the end of a sample.
    text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true })
  } catch {
    return undefined
  }
  let count = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0) return undefined
    if ((code >= 0x20 && code <= 0x7e) || code === 9 || code === 10 || code === 13) count++
  }
  return count
}

/** Whether bytes are text of one byte or more a character but for some zeros: UTF-16 of ASCII has as many zeros as others, and of other text bytes as no text has. */
const isTextWithZeros = (bytes: Uint8Array): boolean => {
  const others = bytes.filter((byte) => byte !== 0)
  if (bytes.length - others.length >= 0.4 * bytes.length || others.some((byte) => byte < 0x20 && (byte < 9 || byte > 13))) return false
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(others, { stream: true })
    return true
  } catch {
    return false
  }
}

/**
 * Which UTF-16 a text without a byte order mark is, by its zero bytes: delimiters, digits and line breaks have one each, and the wrong order makes other
 * characters of them. Undefined where it is neither. `head`: a file's first bytes, an even number of them.
 */
export const utf16ByPattern = (head: Uint8Array): "utf-16le" | "utf-16be" | undefined => {
  if (head.length < 2 || head.length % 2 !== 0 || isTextWithZeros(head)) return undefined
  const little = asciiUnits(head, "utf-16le") ?? 0
  const big = asciiUnits(head, "utf-16be") ?? 0
  const units = head.length / 2
  // A table of texts alone has a delimiter or a line break at every tenth character or so.
  if (Math.max(little, big) < units / 50) return undefined
  if (little >= 4 * big) return "utf-16le"
  return big >= 4 * little ? "utf-16be" : undefined
}
