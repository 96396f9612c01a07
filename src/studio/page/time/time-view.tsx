import type { ViewProps } from "../view-props.ts"

export const TimeView = ({ study }: ViewProps) => <h1>{study}</h1>
