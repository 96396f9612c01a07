import type { MovedRanks as Ranks } from "../../messages/what-if.ts"
import { numberText } from "../chart/number-text.ts"
import { addressOf } from "../route.ts"

const step = (before: number, after: number): string => {
  const by = before - after
  return by > 0 ? `▲ ${by}` : `▼ ${-by}`
}

/** How ranks by an index moved, and whose moved most. */
export const MovedRanks = ({ branch, ranks }: { readonly branch: string; readonly ranks: Ranks }) => {
  const { column, entities, kendall, movers, node, spearman, year } = ranks
  return (
    <section class="what-if-ranks" aria-label={`ranks by ${column}`}>
      <h3>
        Ranks by <a href={addressOf(branch, "node", [node])}>{column}</a>, {year}
      </h3>
      <p>
        Of {entities}, {movers.length === 0 ? "none moved" : "these moved most"}. Kendall's tau-b {numberText(kendall, 3)}, Spearman's rho{" "}
        {numberText(spearman, 3)}.
      </p>
      <ol>
        {movers.map(({ after, before, entity }) => (
          <li key={entity}>
            {entity} <span class="soft">{`${before} → ${after}`}</span>{" "}
            <span class={after < before ? "what-if-up" : "what-if-down"}>{step(before, after)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
