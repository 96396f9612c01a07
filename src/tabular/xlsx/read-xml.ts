import { SaxesParser } from "saxes"

export type Attributes = Readonly<Record<string, string>>

/**
 * What is done with an XML document as it is read. Names are those of the document's own vocabulary, the namespace of its root, without prefix; elements of
 * another have a colon in their names. The root has depth 0. All texts of an element come in pieces, markup between them.
 */
export interface XmlReader {
  readonly open: (name: string, attributes: Attributes, depth: number) => void
  readonly close?: (name: string, depth: number) => void
  readonly text?: (text: string) => void
}

/** The root that a document should have. */
export interface XmlRoot {
  readonly name: string
  readonly namespaces: ReadonlyArray<string>
}

/** Why a document could not be read. */
export class BadXml extends Error {}

const CHARACTERS = 65_536
/** The most characters that one tag, text or comment may have; a cell of Excel has at most 32,767. */
const LONGEST = 2 ** 22
const DEEPEST = 200

const encodingOf = ([a, b]: Uint8Array): string =>
  (a === 0xff && b === 0xfe) || (a === 0x3c && b === 0) ? "utf-16le" : (a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c) ? "utf-16be" : "utf-8"

/** The bytes as text, at most so many bytes at a time. XML parts of a workbook are UTF-8 or UTF-16 (ECMA-376 part 2, 6.2.5). */
function* decoded(pieces: Iterable<Uint8Array>): Generator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined
  let encoding = ""
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? (decoder?.decode() ?? "") : decoder!.decode(bytes, { stream: true })
    } catch {
      throw new BadXml(`its bytes are not ${encoding.toUpperCase()}`)
    }
  }
  for (const piece of pieces) {
    if (piece.length > 0) decoder ??= new TextDecoder((encoding = encodingOf(piece)), { fatal: true })
    for (let from = 0; from < piece.length; from += CHARACTERS) yield decode(piece.subarray(from, from + CHARACTERS))
  }
  yield decode()
}

const prefixOf = (name: string): string => name.slice(0, name.indexOf(":") + 1)

/**
 * Reads an XML document piece by piece, giving way after each. Throws BadXml for what is not well-formed, another root, a DOCTYPE (which a workbook must not
 * have, and which entity bombs need), another encoding than UTF-8 or UTF-16, elements within each other more than 200 deep, and tags, texts and comments of
 * more than 4 million characters, so that memory stays bounded.
 */
export function* readXml(pieces: Iterable<Uint8Array>, root: XmlRoot, reader: XmlReader): Generator<void> {
  const parser = new SaxesParser()
  let depth = 0
  let prefix = ""
  let silent = 0
  const own = (name: string): string => {
    const colon = name.indexOf(":")
    if (colon === -1) return prefix === "" ? name : `:${name}`
    return prefix !== "" && name.startsWith(prefix) ? name.slice(prefix.length) : name
  }
  parser.on("error", ({ message }) => {
    const [, line, column, what = message] = /^(\d+):(\d+): (.*)$/s.exec(message) ?? []
    throw new BadXml(`it is not well-formed XML${line === undefined ? "" : ` in line ${line}, character ${column}`}: ${what.replace(/\.$/, "")}`)
  })
  parser.on("xmldecl", ({ encoding }) => {
    if (encoding !== undefined && !/^(?:utf-?8|utf-?16(?:le|be)?|us-ascii|ascii)$/i.test(encoding))
      throw new BadXml(`its encoding is "${encoding}", expected UTF-8 or UTF-16`)
  })
  parser.on("doctype", () => {
    throw new BadXml("it has a DOCTYPE, which parts of a workbook must not have")
  })
  parser.on("opentag", ({ attributes, name }) => {
    silent = -1
    if (depth === 0) {
      prefix = prefixOf(name)
      const namespace = attributes[prefix === "" ? "xmlns" : `xmlns:${prefix.slice(0, -1)}`] ?? ""
      if (name.slice(prefix.length) !== root.name || !root.namespaces.includes(namespace))
        throw new BadXml(`it begins with the element "${name}" of the namespace "${namespace}", expected "${root.name}" of "${root.namespaces[0]}"`)
    }
    if (depth > DEEPEST) throw new BadXml(`it has elements within each other more than ${DEEPEST} deep`)
    reader.open(own(name), attributes, depth++)
  })
  parser.on("closetag", ({ name }) => {
    silent = -1
    depth--
    reader.close?.(own(name), depth)
  })
  const { text } = reader
  if (text !== undefined) {
    const said = (what: string) => {
      silent = -1
      text(what)
    }
    parser.on("text", said)
    parser.on("cdata", said)
  }
  for (const piece of decoded(pieces)) {
    parser.write(piece)
    silent = silent === -1 ? 0 : silent + piece.length
    if (silent > LONGEST) throw new BadXml(`it has a tag, text or comment of more than ${LONGEST} characters`)
    yield
  }
  parser.close()
}
