import { faultOf } from "../fault-of.ts"
import { UnreadableFile } from "../sheet.ts"
import { DamagedPart, inflatePart } from "./inflate-part.ts"
import type { XlsxLimits } from "./limits.ts"
import { BadXml, readXml, type XmlReader, type XmlRoot } from "./read-xml.ts"
import { shorten } from "./shorten.ts"
import { partKey, type ZipEntry, zipDirectory } from "./zip-directory.ts"

/** Up to this size a part may be expanded as it likes. */
const SMALL = 2 ** 26
/** Parts that describe the workbook are held as a whole, so they are held to this. */
const DESCRIPTION = 2 ** 26

/** The parts of a workbook's zip, read as XML within the limits. */
export class WorkbookPackage {
  readonly path: string
  readonly limits: XlsxLimits
  readonly #entries: ReadonlyMap<string, ZipEntry>
  readonly #counted = new Set<ZipEntry>()
  #expanded = 0

  constructor(file: { readonly path: string; readonly bytes: Uint8Array }, limits: XlsxLimits) {
    this.path = file.path
    this.limits = limits
    this.#entries = zipDirectory(file.path, file.bytes, limits)
  }

  has(name: string): boolean {
    return this.#entries.has(partKey(name))
  }

  refuse(code: string, message: string): never {
    throw new UnreadableFile([faultOf(this.path, code, message)])
  }

  /** Reads a part and gives way after each piece. Throws UnreadableFile with one fault: the part is not there, beyond the limits, damaged, or no such XML. */
  *read(name: string, root: XmlRoot, reader: XmlReader): Generator<void> {
    const entry = this.#entries.get(partKey(name))
    const told = `the part ${shorten(name)}`
    if (entry === undefined)
      this.refuse("missing-part", `${told} is not in the file, though the workbook names it; open the file in a spreadsheet program and save it anew`)
    this.#count(entry, told)
    try {
      yield* readXml(inflatePart(entry), root, reader)
    } catch (error) {
      if (error instanceof DamagedPart) this.refuse("damaged-file", `${told} is damaged: ${error.message}; get the file again, or save it anew`)
      if (error instanceof BadXml)
        this.refuse("broken-xml", `${told} cannot be read: ${shorten(error.message, 300)}; open the file in a spreadsheet program and save it anew`)
      throw error
    }
  }

  /** Reads a part that describes the workbook. */
  readAll(name: string, root: XmlRoot, reader: XmlReader): void {
    const size = this.#entries.get(partKey(name))?.size ?? 0
    if (size > DESCRIPTION)
      this.refuse("too-large", `the part ${shorten(name)} has ${size} bytes, more than the ${DESCRIPTION} that such a part may have; save the file anew`)
    for (const _ of this.read(name, root, reader));
  }

  #count(entry: ZipEntry, told: string): void {
    const { expandedBytes, expansion } = this.limits
    if (entry.size > SMALL && entry.size > expansion * entry.data.length)
      this.refuse(
        "too-expanded",
        `${told} is ${Math.floor(entry.size / entry.data.length)} times its size in the zip (${entry.size} bytes), as in a zip bomb; the limit \`expansion\` is ${expansion} times`
      )
    if (this.#counted.has(entry)) return
    const expanded = this.#expanded + entry.size
    if (expanded > expandedBytes)
      this.refuse(
        "too-large",
        `with ${told} the workbook has ${expanded} bytes, more than the limit \`expandedBytes\` of ${expandedBytes}; split the workbook, or save the sheet as CSV`
      )
    this.#counted.add(entry)
    this.#expanded = expanded
  }
}
