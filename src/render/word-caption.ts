import { Paragraph, SimpleField, TextRun } from "docx"

/** A caption that Word counts: the number of "Table 4." or "Figure 2." is a field, so that lists of tables and cross-references find it. A table's stands above it, a figure's below. */
export const wordCaption = (what: "Table" | "Figure", title: string): Paragraph => {
  const [, number, words] = (what === "Table" ? /^Table (\d+)[.:]?\s+(.*)$/su : /^Figure (\d+)[.:]?\s+(.*)$/su).exec(title) ?? []
  const bold = (text: string) => new TextRun({ text, size: 21, bold: true })
  return new Paragraph({
    style: "Caption",
    keepNext: what === "Table",
    spacing: { before: what === "Table" ? 200 : 80, after: what === "Table" ? 80 : 200 },
    children: number === undefined ? [bold(title)] : [bold(`${what} `), new SimpleField(`SEQ ${what} \\* ARABIC \\r ${number}`, number), bold(`. ${words}`)]
  })
}
