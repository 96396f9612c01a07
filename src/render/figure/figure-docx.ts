import { ImageRun, Paragraph } from "docx"
import type { StoredTable } from "../../artifact/column.ts"
import type { DocxPart } from "../docx-document.ts"
import type { Png } from "../png.ts"
import { wordCaption } from "../word-caption.ts"
import { figureLayout } from "./figure-layout.ts"

// Pixels of a screen (96 an inch), as Word counts a picture's size: the width of the text on A4.
const textWidth = 600

/** A Figure as a part of a Word document: the picture as wide as the text, its title as the caption, which a screen reader says too. */
export const figureDocx = (table: StoredTable, { bytes, height, width }: Png): DocxPart => {
  const { title } = figureLayout(table)
  const picture = new ImageRun({
    type: "png",
    data: bytes,
    transformation: { width: textWidth, height: Math.round((textWidth * height) / width) },
    altText: { name: title, title, description: title }
  })
  return { children: [new Paragraph({ keepNext: true, children: [picture] }), wordCaption("Figure", title)], onItsSide: false }
}
