import type { ComponentChildren } from "preact"
import { useEscape } from "../../shell/use-escape.ts"

interface PanelProps {
  readonly label: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** What is told beside the table: on a narrow screen below it. Escape closes it. */
export const Panel = ({ children, label, onClose }: PanelProps) => {
  useEscape(true, onClose)
  return (
    <section class="artifact-panel card" aria-label={label}>
      <button type="button" class="artifact-close" aria-label={`close ${label}`} onClick={onClose}>
        ×
      </button>
      {children}
    </section>
  )
}
