import type { ViewProps } from "../view-props.ts"

export const ResultsView = ({ study }: ViewProps) => <h1>{study}</h1>
