import { useLayoutEffect, useRef } from "preact/hooks"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { AgainstPublished } from "./against-published.tsx"
import { ChainBelow } from "./chain-below.tsx"
import { OriginNote } from "./origin-note.tsx"
import type { Place } from "./table-keys.ts"

interface PanelProps extends Place {
  readonly study: string
  readonly node: string
  readonly onClose: () => void
}

/** What there is to tell of a number of a printed table: exact, against what is published, where it is from, and what lies below. */
export const CellPanel = ({ column, node, onClose, row, study }: PanelProps) => {
  const { answer: cell, failure } = useAnswer("estimates-cell", { study, node, row, column })
  const heading = useRef<HTMLHeadingElement>(null)
  const there = cell !== undefined
  useLayoutEffect(() => {
    heading.current?.focus({ preventScroll: true })
  }, [there])
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose()
  }
  return (
    <aside class="estimates-panel" aria-label="the number" onKeyDown={onKey}>
      <button type="button" class="estimates-close" onClick={onClose} aria-label="close">
        ×
      </button>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {cell === undefined ? null : (
        <>
          <h3 ref={heading} tabIndex={-1}>
            {cell.label === "" ? node : cell.label}
          </h3>
          <p class="soft">{[cell.columnGroup, cell.columnLabel].filter((text) => text !== "").join(", ")}</p>
          <AgainstPublished study={study} cell={cell} />
          <OriginNote study={study} node={node} cell={cell} />
          <ChainBelow study={study} steps={cell.chain} />
        </>
      )}
    </aside>
  )
}
