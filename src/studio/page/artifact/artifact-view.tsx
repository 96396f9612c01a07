import type { ViewProps } from "../view-props.ts"
import { lookedAt } from "./address.ts"
import { ArtifactList } from "./artifact-list.tsx"
import { ArtifactPage } from "./artifact-page.tsx"

/** The artifacts of a study, or one of them. */
export const ArtifactView = ({ route, study }: ViewProps) =>
  lookedAt(route).node === "" ? <ArtifactList route={route} study={study} /> : <ArtifactPage route={route} study={study} />
