/** What a workbook may cost. What is beyond a limit is a fault that names it, found before the memory is taken. The defaults are far beyond what spreadsheet programs write. */
export interface XlsxLimits {
  /** Files within the zip. */
  readonly parts: number
  /** Bytes of all the parts that are read, as they are once inflated. */
  readonly expandedBytes: number
  /** How many times its size in the zip a part of over 64 MiB may be. Sheets are some 10 to 60 times, a bomb is up to 1,032 times. */
  readonly expansion: number
  /** Different texts of all cells together, which are held in memory. */
  readonly sharedStrings: number
  /** Characters of those texts. */
  readonly sharedCharacters: number
  /** Merged ranges of a sheet. */
  readonly mergedRanges: number
  /** Cells of a sheet, the empty ones to the left of a filled one included. */
  readonly cells: number
  /** Faults that are told; beyond them their number is. */
  readonly faults: number
}

export const defaultXlsxLimits: XlsxLimits = {
  parts: 10_000,
  expandedBytes: 2 ** 31,
  expansion: 250,
  sharedStrings: 5_000_000,
  sharedCharacters: 2 ** 28,
  mergedRanges: 100_000,
  cells: 200_000_000,
  faults: 100
}
