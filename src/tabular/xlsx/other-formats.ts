const startsWith = (bytes: Uint8Array, start: ReadonlyArray<number>): boolean => start.every((byte, i) => bytes[i] === byte)

const utf16 = (text: string): ReadonlyArray<number> => Array.from(text).flatMap((letter) => [letter.charCodeAt(0), 0])

const includes = (bytes: Uint8Array, wanted: ReadonlyArray<number>): boolean => {
  for (let at = bytes.indexOf(wanted[0]!); at !== -1; at = bytes.indexOf(wanted[0]!, at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return true
  }
  return false
}

const OLE2 = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const ZIP = [0x50, 0x4b]
const save = "open it in a spreadsheet program and save it as .xlsx"

/** What a file is that is no zip, and what to do: [code, message]. Undefined for a zip. */
export const notZip = (bytes: Uint8Array): readonly [code: string, message: string] | undefined => {
  if (startsWith(bytes, ZIP)) return undefined
  if (bytes.length === 0) return ["empty-file", "the file is empty; get it again"]
  if (startsWith(bytes, OLE2)) {
    // The names of the streams of a compound file stand in its directory as UTF-16.
    if (includes(bytes, utf16("EncryptedPackage")))
      return ["encrypted-file", "the workbook is encrypted with a password; open it in a spreadsheet program, take the password off and save it as .xlsx"]
    if (includes(bytes, utf16("Book")) || includes(bytes, utf16("Workbook"))) return ["not-xlsx", `it is an old Excel file (.xls, of Excel 5 to 2003); ${save}`]
    return [
      "not-xlsx",
      "it is a file of old Office programs (.doc or .ppt, say), but no workbook; copy the table into a spreadsheet program and save it as .xlsx"
    ]
  }
  if (bytes[0] === 0x09 && [0x00, 0x02, 0x04, 0x08].includes(bytes[1]!) && bytes[3] === 0)
    return ["not-xlsx", `it is an old Excel file (.xls, of Excel 2 to 4); ${save}`]
  const head = new TextDecoder("windows-1252").decode(bytes.subarray(0, 4096))
  if (/<html|<!doctype html|<table/i.test(head)) return ["not-xlsx", `it is an HTML page that is named like a workbook; ${save}`]
  if (head.includes("urn:schemas-microsoft-com:office:spreadsheet")) return ["not-xlsx", `it is an XML spreadsheet of Excel 2003; ${save}`]
  if (startsWith(bytes, [0x1f, 0x8b]) || startsWith(bytes, [0x52, 0x61, 0x72, 0x21]) || startsWith(bytes, [0x37, 0x7a, 0xbc, 0xaf]))
    return ["not-xlsx", "it is an archive (gzip, RAR or 7z); unpack it, and give the workbook that is in it"]
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46])) return ["not-xlsx", "it is a PDF; the table must be brought into a spreadsheet and saved as .xlsx"]
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a text file has none of them
  if (!/[\x00-\x08\x0e-\x1f]/.test(head))
    return ["not-xlsx", "it is a text file, such as CSV, that is named like a workbook; name it .csv, or save it as .xlsx"]
  return ["not-xlsx", "it does not begin as an .xlsx file does; the file is damaged or of another format: get it again, or save it as .xlsx"]
}

/** What a zip is that holds a spreadsheet of another format: [code, message]; `has` tells whether it has a file. */
export const otherZip = (has: (name: string) => boolean): readonly [code: string, message: string] | undefined => {
  if (has("[Content_Types].xml")) return undefined
  if (has("content.xml") && has("mimetype")) return ["not-xlsx", `it is an OpenDocument file (.ods, of LibreOffice say); ${save}`]
  if (has("Index/Document.iwa")) return ["not-xlsx", "it is a spreadsheet of Numbers; export it as .xlsx"]
  return undefined
}
