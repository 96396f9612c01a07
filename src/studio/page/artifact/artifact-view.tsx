import type { ViewProps } from "../view-props.ts"

export const ArtifactView = ({ study }: ViewProps) => <h1>{study}</h1>
