import type { MovedEstimate } from "../../messages/what-if.ts"
import { numberText } from "../chart/number-text.ts"

/** An estimate with its stars, and its standard error below. */
export const EstimateText = ({ side }: { readonly side: MovedEstimate["before"] }) =>
  side === null ? (
    <span class="soft">–</span>
  ) : (
    <span class="what-if-estimate">
      {numberText(side.estimate)}
      {"*".repeat(side.stars)}
      {side.error === null ? null : <small>({numberText(side.error)})</small>}
    </span>
  )
