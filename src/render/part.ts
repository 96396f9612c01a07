import type { StoredTable } from "../artifact/column.ts"
import type { LatexOptions } from "./table/printed-latex.ts"

/** How a printed table is set: what stands beside its numbers, and in LaTeX by which package they are aligned. */
export type TableOptions = Omit<LatexOptions, "numberOfTitle">

/** How pictures are drawn in files of their own: a figure as wide as a journal's page or one of its columns; a PNG on white or on a dark ground. */
export interface FigureOptions {
  readonly breadth?: "page" | "column"
  readonly theme?: "light" | "dark"
}

/** A printed table or a figure of a study. */
export interface Part {
  /** The name of its table type. */
  readonly type: string
  readonly table: StoredTable
  /** The base name of the file that it goes to. */
  readonly name: string
  readonly options?: TableOptions & FigureOptions
}

/** What a part or a document of parts is as a file. */
export interface Rendered {
  readonly content: string | Uint8Array
  /** The parts that have Chinese, Japanese or Korean letters where this machine has no font to draw them with: they are blank there. */
  readonly blank: ReadonlyArray<string>
}
