import type { ComponentType } from "preact"
import type { ViewProps } from "../view-props.ts"

/** A view, loaded when it is first gone to. */
interface View {
  readonly view: string
  readonly title: string
  readonly load: () => Promise<ComponentType<ViewProps>>
  /** What a part is called that is gone to from other views: who is there is in none of the list. */
  readonly aside?: (rest: ReadonlyArray<string>) => string | undefined
}

export const views: ReadonlyArray<View> = [
  { view: "graph", title: "DAG", load: async () => (await import("../graph/graph-view.tsx")).GraphView },
  { view: "node", title: "Artifacts", load: async () => (await import("../artifact/artifact-view.tsx")).ArtifactView },
  { view: "results", title: "Results", load: async () => (await import("../results/results-view.tsx")).ResultsView },
  { view: "estimates", title: "Estimates", load: async () => (await import("../estimates/estimates-view.tsx")).EstimatesView },
  {
    view: "runs",
    title: "Time",
    load: async () => (await import("../time/time-view.tsx")).TimeView,
    aside: ([part]) => (part === "trace" ? "Lineage" : undefined)
  },
  { view: "what-if", title: "What if", load: async () => (await import("../what-if/what-if-view.tsx")).WhatIfView },
  { view: "sql", title: "SQL", load: async () => (await import("../sql/sql-view.tsx")).SqlView }
]
