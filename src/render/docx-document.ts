import { Document, type FileChild, Packer, PageOrientation } from "docx"
import { stableZip } from "./stable-zip.ts"

/** What stands on pages of its own in a Word document, upright or on their side. */
export interface DocxPart {
  readonly children: ReadonlyArray<FileChild>
  readonly onItsSide: boolean
}

const margin = 1418

/** A Word document of parts, A4, in Times New Roman; neighbours that stand the same way share a section. */
export const docxDocument = async (title: string, parts: ReadonlyArray<DocxPart>): Promise<Uint8Array> => {
  const sections: Array<{ children: Array<FileChild>; onItsSide: boolean }> = []
  for (const { children, onItsSide } of parts) {
    const last = sections.at(-1)
    if (last !== undefined && last.onItsSide === onItsSide) last.children.push(...children)
    else sections.push({ children: [...children], onItsSide })
  }
  const document = new Document({
    title,
    creator: "Sediment",
    styles: {
      default: { document: { run: { font: "Times New Roman", size: 20 } } },
      paragraphStyles: [{ id: "Caption", name: "caption", basedOn: "Normal", next: "Normal", quickFormat: true, run: { bold: true, size: 21 } }]
    },
    sections: sections.map(({ children, onItsSide }) => ({
      properties: {
        page: {
          size: { width: 11906, height: 16838, orientation: onItsSide ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
          margin: { top: margin, bottom: margin, left: margin, right: margin }
        }
      },
      children
    }))
  })
  return stableZip(new Uint8Array(await Packer.toBuffer(document)))
}
