/** How a table writes the names of its entities: as they are, or with something about them. */
import { cellName } from "../tabular/a1.ts"
import type { Sheet } from "../tabular/sheet.ts"
import { textOf } from "./cell-kind.ts"

export interface NameForm {
  /** The pattern whose first group is the name; undefined where names stand alone. */
  readonly match: string | undefined
  readonly nameIn: (text: string) => string
}

const formOf = (match: string | undefined): NameForm => {
  const pattern = match === undefined ? undefined : new RegExp(match, "u")
  return { match, nameIn: (text) => (pattern === undefined ? text : (pattern.exec(text)?.[1] ?? text).trim()) }
}

const plainNames = formOf(undefined)

/** In this order: 北京 Beijing; Beijing 北京; GDP:北京 and 地区：北京; 北京:GDP; 11 北京; 北京(直辖市). */
const forms = [
  plainNames,
  ...[
    "^([\\p{Script=Han}\\s]+?)\\s*[A-Za-z]",
    "^([A-Za-z][A-Za-z' ]*?)\\s*\\p{Script=Han}",
    "[:：]\\s*([^:：]+)$",
    "^([^:：]+)[:：]",
    "^\\d+[\\s.、-]*(\\D+)$",
    "^([^(（]+)[(（]"
  ].map(formOf)
]

/** The form in which most cells of the first rows name an entity; another than the plain one only where that names hardly any. */
export const nameForm = (rows: Sheet["rows"], isEntity: (text: string) => boolean): NameForm => {
  const texts: Array<string> = []
  let seen = 0
  for (const { cells } of rows) {
    for (const cell of cells) if (typeof cell === "string" && texts.length < 5000) texts.push(textOf(cell).slice(0, 100))
    if (++seen === 300) break
  }
  const named = forms.map(({ nameIn }) => texts.reduce((sum, text) => sum + (isEntity(nameIn(text)) ? 1 : 0), 0))
  const best = named.indexOf(Math.max(...named))
  return named[best]! >= 3 && named[best]! > 2 * named[0]! ? forms[best]! : plainNames
}

/** Where a sheet as a whole is of one entity: its name says so, or a cell above the table (地区：北京市), or the file's name. */
export const entityOfSheet = (sheet: Sheet, path: string, isEntity: (text: string) => boolean) => {
  if (isEntity(sheet.name)) return { sheet: true } as const
  let seen = 0
  for (const { cells, row } of sheet.rows) {
    for (const [column, cell] of cells.entries()) {
      const told =
        typeof cell === "string" ? /^(?:地区|省份|省市|地域|[Rr]egion|[Pp]rovince)\s*[:：]\s*(.+)$/u.exec(textOf(cell).slice(0, 100))?.[1] : undefined
      if (told !== undefined && isEntity(told)) return { cell: cellName(column, row), match: "[:：]\\s*(.+)$" } as const
    }
    if (++seen === 10) break
  }
  const file = path.split(/[\\/]/).at(-1) ?? ""
  const stem = file.replace(/\.\w+$/, "")
  if (isEntity(stem)) return { file: true, match: "^(.+)\\.\\w+$" } as const
  const part = stem.split(/[\s_\-—.()（）]+/u).find((text) => text.length > 1 && isEntity(text))
  return part === undefined ? undefined : ({ is: part } as const)
}
