import { Fault } from "../../fault.ts"

/** How a weight falls with the distance d between neighbours: binary 1; inverse 1/d^power; exponential exp(-d/bandwidth). */
export type Decay =
  | { readonly kind: "binary" }
  | { readonly kind: "inverse"; readonly power: number }
  | { readonly kind: "exponential"; readonly bandwidth: number }

/** The weight at a distance. Infinite at distance zero where the decay is inverse. */
export const decayed = (decay: Decay): ((distance: number) => number) => {
  switch (decay.kind) {
    case "binary":
      return () => 1
    case "inverse": {
      const { power } = decay
      if (!(power > 0) || power === Infinity) throw new Fault("no-power", `1/d^power needs a power above 0; it is ${power}`)
      return power === 1 ? (d) => 1 / d : (d) => 1 / d ** power
    }
    case "exponential": {
      const { bandwidth } = decay
      if (!(bandwidth > 0) || bandwidth === Infinity) throw new Fault("no-bandwidth", `exp(-d/bandwidth) needs a bandwidth above 0; it is ${bandwidth}`)
      return (d) => Math.exp(-d / bandwidth)
    }
  }
}
