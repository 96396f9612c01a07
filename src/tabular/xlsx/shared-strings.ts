import { spreadsheetRoot, unescaped } from "./ooxml-names.ts"
import type { XmlReader } from "./read-xml.ts"
import type { WorkbookPackage } from "./workbook-package.ts"

/** Reads the text of `<si>` or `<is>` (ECMA-376 part 1, 18.4.8): the runs of rich text joined, phonetic hints left out. */
export class RichText {
  #text = ""
  #skipping = 0
  /** Of the `<t>` that is open. Escapes do not reach from one into the next. */
  #run: string | undefined

  begin(): void {
    this.#text = ""
  }
  /** `depth` counts from the element that holds the text: its children have 1. */
  open(name: string, depth: number): void {
    if (this.#skipping > 0) return
    if (name === "t" && depth <= 2) this.#run = ""
    else if (name !== "r" || depth !== 1) this.#skipping = depth
  }
  close(depth: number): void {
    if (this.#run !== undefined) this.#text += unescaped(this.#run)
    this.#run = undefined
    if (this.#skipping === depth) this.#skipping = 0
  }
  add(text: string): void {
    if (this.#run !== undefined) this.#run += text
  }
  get text(): string {
    return this.#text
  }
}

/** The texts that cells refer to by number; empty where the workbook has no such part. Throws UnreadableFile, also where there are more than the limits allow. */
export const readSharedStrings = (file: WorkbookPackage, part: string | undefined): ReadonlyArray<string> => {
  const { sharedCharacters, sharedStrings } = file.limits
  const texts: Array<string> = []
  if (part === undefined) return texts
  const rich = new RichText()
  let characters = 0
  let within = false
  const reader: XmlReader = {
    open: (name, _attributes, depth) => {
      if (depth === 1) {
        within = name === "si"
        rich.begin()
      } else if (within && depth > 1) rich.open(name, depth - 1)
    },
    close: (_name, depth) => {
      if (!within) return
      if (depth > 1) rich.close(depth - 1)
      else if (depth === 1) {
        within = false
        const { text } = rich
        characters += text.length
        texts.push(text)
        if (texts.length > sharedStrings || characters > sharedCharacters)
          file.refuse(
            "too-large",
            `the workbook has more texts than the limits \`sharedStrings\` (${sharedStrings}) and \`sharedCharacters\` (${sharedCharacters}); split it, or save the sheet as CSV`
          )
      }
    },
    text: (text) => rich.add(text)
  }
  for (const _ of file.read(part, spreadsheetRoot("sst"), reader));
  return texts
}
