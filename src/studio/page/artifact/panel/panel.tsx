import type { ComponentChildren } from "preact"

interface PanelProps {
  readonly label: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** What is told beside the table: on a narrow screen over its lower part. Escape closes it. */
export const Panel = ({ children, label, onClose }: PanelProps) => (
  <section
    class="artifact-panel card"
    aria-label={label}
    onKeyDown={(event) => {
      if (event.key === "Escape") onClose()
    }}
  >
    <button type="button" class="artifact-close" aria-label={`close ${label}`} onClick={onClose}>
      ×
    </button>
    {children}
  </section>
)
