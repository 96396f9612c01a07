import { Schema } from "effect"

/** What the stages of map figures share. */
export const mapParams = {
  title: Schema.String,
  /** Years drawn, a map each; the last one without it. */
  years: Schema.optionalKey(Schema.NonEmptyArray(Schema.Int)),
  /** Latitudes at which the projection is true, in degrees; a sixth of the map's height from its ends without them. */
  parallels: Schema.optionalKey(Schema.Tuple([Schema.Finite, Schema.Finite])),
  /** The longitude that runs straight up; the middle one without it. */
  meridian: Schema.optionalKey(Schema.Finite),
  /** Further notes under the figure. */
  notes: Schema.optionalKey(Schema.Array(Schema.String))
}

/** The projection that the parameters ask for. */
export const projectionOf = ({
  meridian,
  parallels
}: {
  readonly parallels?: readonly [number, number]
  readonly meridian?: number
}): { readonly parallels?: readonly [number, number]; readonly meridian?: number } => ({
  ...(parallels === undefined ? {} : { parallels }),
  ...(meridian === undefined ? {} : { meridian })
})
