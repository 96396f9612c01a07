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

/** Where the ranks of entities are over indices that were made otherwise. */
export const RankRanges = Schema.Struct({
  source: Source,
  notes,
  entities: Names,
  /** Ranks in the index that the others are held against. */
  reference: Numbers,
  median: Numbers,
  /** The interval that holds most of an entity's ranks, and all of them. */
  low: Numbers,
  high: Numbers,
  best: Numbers,
  worst: Numbers,
  /** The share of the indices that give it the reference's rank. */
  unchanged: Numbers
})
export type RankRanges = typeof RankRanges.Type

/** An estimate of a parameter with its interval, by some method. */
const ParameterInterval = Schema.Struct({
  source: Source,
  /** How the interval was made. */
  method: Schema.String,
  /** Its coverage, in percent; null where the node names none. */
  level: Schema.NullOr(Schema.Finite),
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
  intervals: Schema.Array(ParameterInterval),
  /** Of the plain intervals that are drawn beside the study's: their coverage in percent, and half their width in standard deviations where they are normal. */
  beside: Schema.Struct({ level: Schema.Finite, multiple: Schema.Finite })
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

/** Moran's I of a variable in a year. */
export const GlobalMoran = Schema.Struct({
  year: Schema.Int,
  entities: Schema.Int,
  statistic: Schema.Finite,
  expected: Schema.Finite,
  z: Schema.NullOr(Schema.Finite),
  /** Under randomisation, under normality, by permutation. */
  p: Schema.NullOr(Schema.Finite),
  pNormality: Schema.NullOr(Schema.Finite),
  pPermutation: Schema.NullOr(Schema.Finite),
  alternative: Schema.String
})
export type GlobalMoran = typeof GlobalMoran.Type

/** The points of the Moran scatter plots of a variable: arrays are laid out as those of a panel. */
export const MoranPoints = Schema.Struct({
  source: Source,
  notes,
  variables: Names,
  variable: Schema.String,
  entities: Names,
  years: Places,
  rows: Places,
  /** Standardised by year. */
  z: Numbers,
  /** The weighted mean of the neighbours' z. */
  lag: Numbers,
  /** The tests of the same node, of the years that have one. */
  global: Schema.Array(GlobalMoran),
  /** The node that the weights are of; "" where it is not known. */
  weights: Schema.String
})
export type MoranPoints = typeof MoranPoints.Type

/** A spatial weights matrix, or a square window of it: exactly, or in blocks where it is larger than can be drawn. */
export const WeightsGrid = Schema.Struct({
  source: Source,
  notes,
  kind: Schema.String,
  standardize: Schema.String,
  /** Of the whole matrix. */
  summary: Schema.Struct({
    entities: Schema.Int,
    links: Schema.Int,
    density: Schema.Finite,
    neighbours: Schema.Struct({ least: Schema.Int, mean: Schema.Finite, most: Schema.Int }),
    rowSums: Schema.Struct({ least: Schema.Finite, most: Schema.Finite }),
    islands: Names,
    symmetric: Schema.Boolean,
    /** Between which rho may lie; null where it is not computed. */
    rho: Schema.NullOr(Schema.Struct({ lower: Schema.Finite, upper: Schema.Finite }))
  }),
  /** By which entities may be ordered: name, degree, and the names of groupings. */
  orders: Names,
  order: Schema.String,
  /** All entities in this order. */
  entities: Names,
  /** The window: entities from here up to below there. */
  from: Schema.Int,
  to: Schema.Int,
  /** How many entities a cell is high and wide; 1: cells are weights, else their mean over a block. */
  block: Schema.Int,
  /** Cells that are not zero, counted in blocks from the window's corner. */
  row: Places,
  column: Places,
  weight: Schema.Array(Schema.Finite),
  /** Links of a cell; 1 where cells are weights. */
  links: Places
})
export type WeightsGrid = typeof WeightsGrid.Type

const Neighbours = Schema.Array(Schema.Struct({ entity: Schema.String, weight: Schema.Finite }))
/** The neighbours of an entity, the strongest first. */
export const WeightsNeighbours = Schema.Struct({
  entity: Schema.String,
  /** Those in its row, and what their weights sum to. */
  neighbours: Neighbours,
  sum: Schema.Finite,
  /** Those in whose rows it is. */
  neighbourOf: Neighbours
})
export type WeightsNeighbours = typeof WeightsNeighbours.Type

/** The strongest links of a matrix, both ways taken together. */
export const WeightsLinks = Schema.Struct({
  entities: Names,
  from: Places,
  to: Places,
  /** The larger of the weights of the two ways. */
  weight: Schema.Array(Schema.Finite),
  /** How many pairs are linked. */
  pairs: Schema.Int,
  /** With how many each entity is linked, one way or both, in all of them. */
  linked: Places
})
export type WeightsLinks = typeof WeightsLinks.Type

/** More links are not sent. */
export const MOST_LINKS = 20_000

export const resultsQuestions = {
  /** The tables that pictures can be made of, in the order of the study's nodes; and the types of those that have never been made. */
  resultsOf: question(Schema.Struct({ study: Schema.String }), Schema.Struct({ sources: Schema.Array(Source), unmade: Names })),
  /** A variable of a panel: the one that is named; or the index that its node makes, or its first. */
  panelSeries: question(Schema.Struct({ ...ofTable, variable: Schema.optionalKey(Schema.String) }), PanelSeries),
  /** Where the entities of a table are: in areas of the study, of the map that comes with Sediment, at the coordinates of the study's entities, or in tiles. */
  mapShapes: question(Schema.Struct(ofTable), MapShapes),
  /** Clusters and outliers of a variable: the one that is named, or the first. */
  localClusters: question(Schema.Struct({ ...ofTable, variable: Schema.optionalKey(Schema.String) }), LocalClusters),
  /** The Moran scatter plots of a variable: the one that is named, or the first. */
  moranPoints: question(Schema.Struct({ ...ofTable, variable: Schema.optionalKey(Schema.String) }), MoranPoints),
  /** Weights in an order; with `from` and `to`, a window of it. */
  weightsGrid: question(
    Schema.Struct({ ...ofTable, order: Schema.optionalKey(Schema.String), from: Schema.optionalKey(Schema.Int), to: Schema.optionalKey(Schema.Int) }),
    WeightsGrid
  ),
  weightsNeighbours: question(Schema.Struct({ ...ofTable, entity: Schema.String }), WeightsNeighbours),
  /** At most so many links. */
  weightsLinks: question(Schema.Struct({ ...ofTable, most: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: MOST_LINKS })) }), WeightsLinks),
  /** How firm ranks are, where the study compares indices. */
  rankRanges: question(Schema.Struct(ofTable), RankRanges),
  /** A parameter of a bootstrap: of those that are named, or the first. */
  bootstrapReplicates: question(
    Schema.Struct({ study: Schema.String, bootstrap: Schema.optionalKey(Schema.String), parameter: Schema.optionalKey(Schema.String) }),
    BootstrapReplicates
  )
}
