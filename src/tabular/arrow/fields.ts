import { type ArrowType, arrowType, INT32 } from "./arrow-types.ts"
import { damaged, type FlatTable } from "./flatbuffer-table.ts"

/** A column of a schema. */
export interface Field {
  readonly name: string
  readonly type: ArrowType
  /** The number of the dictionary that its values are places in, and the type of these. */
  readonly dictionary: { readonly id: number; readonly places: ArrowType } | undefined
  readonly metadata: ReadonlyMap<string, string>
}
export const metadataOf = (entries: ReadonlyArray<FlatTable>): ReadonlyMap<string, string> => new Map(entries.map((entry) => [entry.text(0), entry.text(1)]))

/** The fields of a schema; the names of those that no cell has a place for, with what they are. */
export const fieldsOf = (
  schema: FlatTable
): { readonly fields: ReadonlyArray<Field>; readonly unfit: ReadonlyArray<readonly [name: string, what: string]> } => {
  if (schema.int16(0) !== 0) return damaged("its numbers have the most significant byte first")
  const fields: Array<Field> = []
  const unfit: Array<readonly [string, string]> = []
  for (const field of schema.tables(1)) {
    const name = field.text(0)
    const type = arrowType(field.byte(2), field.table(3) ?? damaged(`column "${name}" has no type`))
    const encoding = field.table(4)
    const index = encoding?.table(1)
    const places = index === undefined ? INT32 : arrowType(2, index)
    if ("unfit" in type) unfit.push([name, type.unfit])
    else if (encoding === undefined) fields.push({ name, type, dictionary: undefined, metadata: metadataOf(field.tables(6)) })
    else if (!("unfit" in places)) fields.push({ name, type, dictionary: { id: encoding.size(0), places }, metadata: metadataOf(field.tables(6)) })
    else damaged(`the places of column "${name}" in its dictionary have no type`)
  }
  return { fields, unfit }
}
