import type { ViewProps } from "../view-props.ts"

export const GraphView = ({ study }: ViewProps) => <h1>{study}</h1>
