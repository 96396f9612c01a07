import { Effect, Schema } from "effect"

/** Which replicates a node makes. */
export const blockParams = {
  /** The block's first replicate and how many it has: replicate i is the same in whatever block, so that more blocks extend the same sequence. */
  from: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0))),
  count: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(1000))),
  /** Another stream gives other resamples of the same study seed. */
  stream: Schema.Int.pipe(Schema.withDecodingDefaultKey(Effect.succeed(0)))
}
