import type { ArtifactColumn } from "../../messages/artifact.ts"
import type { Rectangle } from "./grid/moves.ts"
import type { Cell } from "./grid/windows.ts"
import { countInWords } from "./words.ts"

interface StatusProps {
  readonly column: ArtifactColumn | undefined
  readonly cell: Cell | undefined
  readonly row: number | undefined
  readonly selected: Rectangle
  /** Of what was just done. */
  readonly told: string
  readonly failure: unknown
  readonly onOpen: () => void
}

const whole = (cell: Cell): string => {
  const { value } = cell
  if (value === null) return "missing"
  if (typeof value === "object") return `${value.begins}… (${countInWords(value.length)} characters)`
  return value === "" ? "an empty text" : String(value)
}

/** The selected cell in whole, below the table. */
export const StatusLine = ({ cell, column, failure, onOpen, row, selected, told }: StatusProps) => {
  const cells = (selected.bottom - selected.top + 1) * (selected.right - selected.left + 1)
  return (
    <div class="artifact-status">
      <p class="artifact-whole">
        {column === undefined || cell === undefined || row === undefined ? null : (
          <>
            <span class="soft">
              {column.name}, row {countInWords(row + 1)}:{" "}
            </span>
            <span class="mono">{whole(cell)}</span>
            {column.unit === "" || cell.value === null ? null : <span class="soft"> {column.unit}</span>}
            {cell.filled ? <span class="artifact-mask-mark"> filled in</span> : null}
          </>
        )}
      </p>
      <p role="status" class={failure === undefined ? "soft" : "artifact-fault"}>
        {failure instanceof Error ? failure.message : told !== "" ? told : cells > 1 ? `${countInWords(cells)} cells selected` : ""}
      </p>
      {cell === undefined ? null : (
        <button type="button" onClick={onOpen}>
          Cell
        </button>
      )}
    </div>
  )
}
