import { useEffect, useRef } from "preact/hooks"
import { zoomed } from "./camera.ts"
import type { Viewport } from "./viewport.ts"

const STEP = 1.3

const zoomBy = (viewport: Viewport, by: number): void => {
  const { height, width } = viewport.screen.peek()
  viewport.held = true
  viewport.camera.value = zoomed(viewport.camera.peek(), by, { x: width / 2, y: height / 2 })
}

/** + and - zoom, 0 shows all, wherever the focus is but in a field. */
export const useZoomKeys = (viewport: Viewport, fitAll: () => void): void => {
  const fit = useRef(fitAll)
  fit.current = fitAll
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof Element && event.target.closest("input, textarea, select") !== null) return
      if (event.key === "+" || event.key === "=") zoomBy(viewport, STEP)
      else if (event.key === "-") zoomBy(viewport, 1 / STEP)
      else if (event.key === "0") fit.current()
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [viewport])
}

export const ZoomButtons = ({ fitAll, viewport }: { readonly viewport: Viewport; readonly fitAll: () => void }) => (
  <div class="graph-zoom" data-still>
    <button type="button" aria-label="zoom in" title="zoom in (+)" onClick={() => zoomBy(viewport, STEP)}>
      +
    </button>
    <button type="button" aria-label="zoom out" title="zoom out (-)" onClick={() => zoomBy(viewport, 1 / STEP)}>
      −
    </button>
    <button type="button" aria-label="show all" title="show all (0)" onClick={fitAll}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" fill="none" stroke="currentColor" stroke-width="1.8" />
      </svg>
    </button>
  </div>
)
