import type { Row } from "./draft.ts"

interface PanelRows {
  readonly heading: string
  readonly rows: ReadonlyArray<Row>
}

/** Blocks of rows one above the other, each indented under its heading and ruled off. A single block without a heading stays as it is. */
export const stackPanels = (panels: ReadonlyArray<PanelRows>): ReadonlyArray<Row> =>
  panels.flatMap(
    ({ heading, rows }, i): ReadonlyArray<Row> =>
      heading === ""
        ? rows
        : [{ label: heading, ruled: i > 0, cells: [] }, ...rows.map((row) => (row.label === "" ? row : { ...row, label: `  ${row.label}` }))]
  )
