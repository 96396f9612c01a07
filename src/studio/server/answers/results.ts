import { Effect } from "effect"
import type { resultsQuestions } from "../../messages/results.ts"
import type { AnswersTo } from "../answer.ts"
import { bootstrapReplicates } from "../results/bootstrap-replicates.ts"
import { LOCAL, localClusters } from "../results/local-clusters.ts"
import { mapShapes } from "../results/map/map-shapes.ts"
import { moranPoints } from "../results/moran-points.ts"
import { PANELS, panelSeries } from "../results/panel-series.ts"
import { rankRanges } from "../results/rank-ranges.ts"
import { studyTables } from "../results/study-tables.ts"
import { weightsGrid } from "../results/weights/weights-grid.ts"
import { weightsLinks, weightsNeighbours } from "../results/weights/weights-links.ts"

/** The types of table that there is a picture of. */
const SHOWN: ReadonlySet<string> = new Set([...PANELS, ...LOCAL, "RankIntervals", "MoranScatter", "SpatialWeights", "Replicates"])

export const resultsAnswers: AnswersTo<typeof resultsQuestions> = {
  resultsOf: ({ study }) => Effect.map(studyTables(study, SHOWN), ({ sources, unmade }) => ({ sources, unmade })),
  panelSeries,
  mapShapes,
  localClusters,
  moranPoints,
  weightsGrid,
  weightsNeighbours,
  weightsLinks,
  rankRanges,
  bootstrapReplicates
}
