import { ImageRun, Paragraph } from "docx"
import type { StoredTable } from "../../artifact/column.ts"
import type { DocxPart } from "../docx-document.ts"
import type { Png } from "../png.ts"
import { figureLayout } from "./figure-layout.ts"

// Pixels of a screen (96 an inch), as Word counts a picture's size: the width of the text on A4.
const textWidth = 600

/** A Figure as a part of a Word document: the picture as wide as the text, its title as what a screen reader says. */
export const figureDocx = (table: StoredTable, { bytes, height, width }: Png): DocxPart => {
  const { title } = figureLayout(table)
  const picture = new ImageRun({
    type: "png",
    data: bytes,
    transformation: { width: textWidth, height: Math.round((textWidth * height) / width) },
    altText: { name: title, title, description: title }
  })
  return { children: [new Paragraph({ children: [picture] }), new Paragraph({ children: [] })], onItsSide: false }
}
