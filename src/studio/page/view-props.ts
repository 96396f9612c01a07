import type { Route } from "./route.ts"

/** What every view is given: the study that it is of, and where in the studio one is. */
export interface ViewProps {
  readonly study: string
  readonly route: Route
}
