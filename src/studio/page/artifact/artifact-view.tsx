import type { ViewProps } from "../view-props.ts"
import { ArtifactPage } from "./artifact-page.tsx"

/** The artifacts of a study, or one of them. */
export const ArtifactView = ({ route, study }: ViewProps) => <ArtifactPage route={route} study={study} />
