import type { ViewProps } from "../view-props.ts"

export const EstimatesView = ({ study }: ViewProps) => <h1>{study}</h1>
