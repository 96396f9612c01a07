import fc from "fast-check"

/** One kind of harm to a file: cut off, some bytes changed, a number made huge, a piece left out or put in twice. */
type Damage =
  | { readonly kind: "cut"; readonly at: number }
  | { readonly kind: "flip"; readonly places: ReadonlyArray<readonly [at: number, byte: number]> }
  | { readonly kind: "huge"; readonly at: number; readonly width: number; readonly fill: number }
  | { readonly kind: "drop" | "repeat"; readonly at: number; readonly length: number }

const share = fc.double({ min: 0, max: 0.999999, noNaN: true })

/** Places are shares of the file's length, most of them near its ends, where headers and footers are. */
const place = fc.oneof(
  share,
  share.map((x) => x ** 4),
  share.map((x) => 1 - x ** 4 - 1e-9)
)

export const damages: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constant("cut" as const), at: place }),
  fc.record({ kind: fc.constant("flip" as const), places: fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 5 }) }),
  fc.record({ kind: fc.constant("huge" as const), at: place, width: fc.constantFrom(1, 2, 4, 8), fill: fc.constantFrom(0xff, 0x7f, 0x00, 0x80) }),
  fc.record({ kind: fc.constantFrom("drop" as const, "repeat" as const), at: place, length: fc.integer({ min: 1, max: 64 }) })
)

export const damaged = (file: Uint8Array, damage: Damage): Uint8Array => {
  const index = (at: number): number => Math.min(file.length - 1, Math.max(0, Math.floor(at * file.length)))
  const copy = Uint8Array.from(file)
  switch (damage.kind) {
    case "cut":
      return copy.subarray(0, index(damage.at))
    case "flip":
      for (const [at, byte] of damage.places) copy[index(at)] = byte
      return copy
    case "huge":
      return copy.fill(damage.fill, index(damage.at), index(damage.at) + damage.width)
    default: {
      const from = index(damage.at)
      const piece = copy.subarray(from, from + damage.length)
      const rest = copy.subarray(from + damage.length)
      const between = damage.kind === "drop" ? [] : [piece, piece]
      return Uint8Array.from(Buffer.concat([copy.subarray(0, from), ...between, rest]))
    }
  }
}
