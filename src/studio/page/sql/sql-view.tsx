import type { ViewProps } from "../view-props.ts"

export const SqlView = ({ study }: ViewProps) => <h1>{study}</h1>
