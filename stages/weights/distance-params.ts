import { Effect, Schema } from "effect"
import type { Decay } from "../../src/econometrics/spatial/weights/decay.ts"

const above = (least: number) => Schema.Finite.check(Schema.isGreaterThan(least))

/** Who is linked by distance, and how the weight falls with it. */
export const distanceParams = {
  /** all: everybody with everybody; nearest: each with its `k` nearest; band: those at distances `from` < d <= `to`. */
  neighbours: Schema.Literals(["all", "nearest", "band"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("all" as const))),
  k: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))),
  from: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))),
  /** A distance, or no-islands: the least at which everybody has a neighbour. */
  to: Schema.optionalKey(Schema.Union([above(0), Schema.Literal("no-islands")])),
  /** inverse: 1/d^power, the default of all pairs; exponential: exp(-d/bandwidth); binary: 1, the default of nearest and band. */
  decay: Schema.optionalKey(Schema.Literals(["inverse", "exponential", "binary"])),
  power: Schema.optionalKey(above(0)),
  bandwidth: Schema.optionalKey(above(0)),
  /** great-circle (haversine) and ellipsoid (WGS 84): km between the dictionary's coordinates; planar: between its columns `x` and `y`, in their unit. */
  distance: Schema.Literals(["great-circle", "ellipsoid", "planar"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("great-circle" as const))),
  x: Schema.optionalKey(Schema.NonEmptyString),
  y: Schema.optionalKey(Schema.NonEmptyString)
}

const distances = Schema.Struct(distanceParams)
export type DistanceParams = typeof distances.Type

interface Issue {
  readonly path: ReadonlyArray<string>
  readonly issue: string
}

const decayKind = ({ decay, neighbours }: DistanceParams): Decay["kind"] => decay ?? (neighbours === "all" ? "inverse" : "binary")

/** What is wrong between parameters: one that a choice needs and that is not there, one that goes with no choice made. */
export const distanceIssues = (params: DistanceParams): ReadonlyArray<Issue> => {
  const { bandwidth, distance, from, k, neighbours, power, to, x, y } = params
  const decay = decayKind(params)
  const issues: Array<Issue> = []
  const goesWith = (name: string, value: unknown, chosen: boolean, needed: boolean, choice: string) => {
    if (chosen && needed && value === undefined) issues.push({ path: [name], issue: `${choice} needs it` })
    if (!chosen && value !== undefined) issues.push({ path: [name], issue: `it goes with ${choice} alone` })
  }
  goesWith("k", k, neighbours === "nearest", true, 'neighbours "nearest"')
  goesWith("to", to, neighbours === "band", true, 'neighbours "band"')
  goesWith("from", from, neighbours === "band", false, 'neighbours "band"')
  goesWith("power", power, decay === "inverse", false, 'decay "inverse"')
  goesWith("bandwidth", bandwidth, decay === "exponential", true, 'decay "exponential"')
  goesWith("x", x, distance === "planar", true, 'distance "planar"')
  goesWith("y", y, distance === "planar", true, 'distance "planar"')
  if (typeof to === "number" && from !== undefined && from >= to) issues.push({ path: ["to"], issue: `it must be more than from (${from})` })
  return issues
}

/** Whether parameters say anything of distances beside their defaults. */
export const saysDistance = ({ bandwidth, decay, distance, from, k, neighbours, power, to, x, y }: DistanceParams): boolean =>
  neighbours !== "all" || distance !== "great-circle" || [bandwidth, decay, from, k, power, to, x, y].some((one) => one !== undefined)

export const decayOf = (params: DistanceParams): Decay => {
  const kind = decayKind(params)
  switch (kind) {
    case "inverse":
      return { kind, power: params.power ?? 1 }
    case "exponential":
      return { kind, bandwidth: params.bandwidth! }
    case "binary":
      return { kind }
  }
}

const decayWords = (decay: Decay, unit: string): string => {
  switch (decay.kind) {
    case "inverse":
      return decay.power === 1 ? "1/distance" : `1/distance^${decay.power}`
    case "exponential":
      return `exp(-distance/${decay.bandwidth}${unit})`
    case "binary":
      return "binary"
  }
}

/** The choices in words; `to` as it came to. */
export const distanceWords = (params: DistanceParams, to: number | undefined): string => {
  const { distance, from = 0, k, neighbours } = params
  const unit = distance === "planar" ? "" : " km"
  const least = params.to === "no-islands" ? ", the least without islands" : ""
  const who = {
    all: "",
    nearest: `${k} nearest, `,
    band: `${from === 0 ? `within ${to}` : `from ${from} to ${to}`}${unit}${least}, `
  }[neighbours]
  return `${who}${decayWords(decayOf(params), unit)}${distance === "great-circle" ? "" : ` (${distance})`}`
}
