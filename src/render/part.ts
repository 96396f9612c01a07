import type { StoredTable } from "../artifact/column.ts"
import type { LayoutOptions } from "./table/read-printed.ts"

/** A printed table or a figure of a study, with what is to stand beside a table's numbers. */
export interface Part {
  /** The name of its table type. */
  readonly type: string
  readonly table: StoredTable
  /** The base name of the file that it goes to. */
  readonly name: string
  readonly options?: LayoutOptions
}
