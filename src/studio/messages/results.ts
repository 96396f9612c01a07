/** What the pictures of a study's results are drawn from: which tables there are, and the numbers of one picture, columns as arrays. */
import { Schema } from "effect"
import { question } from "./question.ts"

/** A table of the study: a node's output, as it is today or, where that is stale, as it was. */
export const Source = Schema.Struct({
  node: Schema.String,
  output: Schema.String,
  /** Its table type's name. */
  type: Schema.String,
  stage: Schema.String,
  /** What its content is named by. */
  artifact: Schema.String,
  /** The run that made it, and when (milliseconds since 1970). */
  made: Schema.Struct({ run: Schema.String, at: Schema.Finite }),
  /** Why it would be made anew; null where it is up to date. */
  stale: Schema.NullOr(Schema.String)
})
export type Source = typeof Source.Type

/** What is to be said under a picture of a table: where its data come from. */
const notes = Schema.Array(Schema.String)
const Numbers = Schema.Array(Schema.NullOr(Schema.Finite))
const Names = Schema.Array(Schema.String)
const Places = Schema.Array(Schema.Int)

/** Which table of which study. */
const ofTable = { study: Schema.String, node: Schema.String, output: Schema.String }

/** A way to put entities into groups: a region, say. */
export const Grouping = Schema.Struct({
  name: Schema.String,
  /** The group of each entity; "" for none. */
  of: Names
})
export type Grouping = typeof Grouping.Type

export const PanelVariable = Schema.Struct({ name: Schema.String, unit: Schema.String, description: Schema.String })
export type PanelVariable = typeof PanelVariable.Type

/** A variable of a panel. */
export const PanelSeries = Schema.Struct({
  source: Source,
  notes,
  /** All that may be asked for. */
  variables: Schema.Array(PanelVariable),
  variable: PanelVariable,
  entities: Names,
  years: Places,
  /** A value an entity and year: all years of the first entity, then of the second. */
  values: Numbers,
  /** Which row of the artifact it is in, from 0; -1 where there is none. */
  rows: Places,
  /** Those that were filled in, as places among `values`. */
  filled: Places,
  groupings: Schema.Array(Grouping)
})
export type PanelSeries = typeof PanelSeries.Type

/** An estimate of a parameter with its interval, by some method. */
const ParameterInterval = Schema.Struct({
  source: Source,
  /** How the interval was made. */
  method: Schema.String,
  estimate: Schema.Finite,
  stdError: Schema.NullOr(Schema.Finite),
  low: Schema.NullOr(Schema.Finite),
  high: Schema.NullOr(Schema.Finite)
})
export type ParameterInterval = typeof ParameterInterval.Type

/** The replicates of a parameter over a bootstrap's blocks. */
export const BootstrapReplicates = Schema.Struct({
  /** The study's bootstraps: what is common to the names of their nodes. */
  bootstraps: Names,
  bootstrap: Schema.String,
  /** The blocks of its replicates. */
  sources: Schema.Array(Source),
  notes,
  scheme: Schema.String,
  parameters: Names,
  parameter: Schema.String,
  /** Of the replicates that have one. */
  values: Schema.Array(Schema.Finite),
  /** How many have none, since their design was singular. */
  missing: Schema.Int,
  intervals: Schema.Array(ParameterInterval)
})
export type BootstrapReplicates = typeof BootstrapReplicates.Type

/** An entity on a map. */
export const MapShape = Schema.Struct({
  entity: Schema.String,
  /** Its area as the commands of an SVG path; "" where only its place is known. */
  path: Schema.String,
  /** Where it is: a place inside of its area that has room for its name. */
  x: Schema.Int,
  y: Schema.Int,
  /** How wide its area is there. */
  room: Schema.Int
})
export type MapShape = typeof MapShape.Type

/** Where the entities of a table are. */
export const MapShapes = Schema.Struct({
  /** areas: as they are; points: where they are; tiles: a square each, since nothing tells where they are. */
  kind: Schema.Literals(["areas", "points", "tiles"]),
  /** The extent of the coordinates, from (0, 0). */
  width: Schema.Int,
  height: Schema.Int,
  shapes: Schema.Array(MapShape),
  /** Entities that have none. */
  without: Names,
  /** What is to be told of the map: whose it is, how it is projected. */
  told: Schema.String,
  /** The table that it is of; null where it comes with Sediment, or is made up. */
  source: Schema.NullOr(Source)
})
export type MapShapes = typeof MapShapes.Type

/** Local spatial autocorrelation of a variable, an entity and year: arrays are laid out as those of a panel. */
export const LocalClusters = Schema.Struct({
  source: Source,
  notes,
  /** Local Moran's I, or Getis and Ord's G or G*. */
  statistic: Schema.Literals(["moran", "g"]),
  variables: Names,
  variable: Schema.String,
  entities: Names,
  years: Places,
  rows: Places,
  /** What the study takes it to be: high-high, hot spot, not significant, island; "" where there is no row. */
  cluster: Names,
  /** What it would be if it were significant. */
  kind: Names,
  statistics: Numbers,
  z: Numbers,
  /** p-values by the name of their column, those that the table has. */
  tests: Schema.Array(Schema.Struct({ name: Schema.String, description: Schema.String, values: Numbers })),
  /** By which p-value and level the study decides. */
  decidedBy: Schema.String
})
export type LocalClusters = typeof LocalClusters.Type

export const resultsQuestions = {
  /** The tables that pictures can be made of, in the order of the study's nodes; `unmade` counts those that never ran. */
  resultsOf: question(Schema.Struct({ study: Schema.String }), Schema.Struct({ sources: Schema.Array(Source), unmade: Schema.Int })),
  /** A variable of a panel: the one that is named; or the index that its node makes, or its first. */
  panelSeries: question(Schema.Struct({ ...ofTable, variable: Schema.optionalKey(Schema.String) }), PanelSeries),
  /** Where the entities of a table are: in areas of the study, of the map that comes with Sediment, at the coordinates of the study's entities, or in tiles. */
  mapShapes: question(Schema.Struct(ofTable), MapShapes),
  /** Clusters and outliers of a variable: the one that is named, or the first. */
  localClusters: question(Schema.Struct({ ...ofTable, variable: Schema.optionalKey(Schema.String) }), LocalClusters),
  /** A parameter of a bootstrap: of those that are named, or the first. */
  bootstrapReplicates: question(
    Schema.Struct({ study: Schema.String, bootstrap: Schema.optionalKey(Schema.String), parameter: Schema.optionalKey(Schema.String) }),
    BootstrapReplicates
  )
}
