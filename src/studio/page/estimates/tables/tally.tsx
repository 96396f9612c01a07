import type { Tally } from "../../../messages/estimates/outline.ts"
import { counted, numberText } from "../../chart/number-text.ts"

const PARTS = [
  ["rounding", "agree to the last printed digit"],
  ["tolerance", "within what is tolerated"],
  ["beyond", "differ by more"],
  ["missing", "not in the run"]
] as const

/** How many of some published numbers came to what, as a bar. */
export const TallyBar = ({ tally }: { readonly tally: Tally }) => (
  <svg class="estimates-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    {PARTS.map(([part], i) => {
      const before = PARTS.slice(0, i).reduce((sum, [one]) => sum + tally[one], 0)
      return tally[part] === 0 ? null : (
        <rect key={part} class={`estimates-fill-${part}`} x={(100 * before) / tally.numbers} width={(100 * tally[part]) / tally.numbers} height={6} />
      )
    })}
  </svg>
)

/** The same in a sentence. */
export const TallySentence = ({ explained, tally }: { readonly tally: Tally; readonly explained?: number }) => {
  const { beyond, missing, numbers, rounding, signs, stars, tolerance } = tally
  const also = [
    ...(beyond > 0 ? [`${numberText(beyond)} with a larger difference`] : []),
    ...(missing > 0 ? [`${numberText(missing)} that the run does not have`] : []),
    ...(signs > 0 ? [`${numberText(signs)} with another sign`] : []),
    ...(stars > 0 ? [`${numberText(stars)} with other stars`] : []),
    ...(explained === undefined || explained === 0 ? [] : [`${numberText(explained)} that the study explains`])
  ]
  return (
    <p class="estimates-tally">
      <strong>
        {numberText(rounding + tolerance)} of {counted(numbers, "printed number")} agree
      </strong>
      {rounding > 0 && tolerance > 0
        ? `: ${numberText(rounding)} to the last printed digit, ${numberText(tolerance)} within what the comparison tolerates`
        : ""}
      {also.length === 0 ? "." : `. Of all: ${also.join(", ")}.`}
    </p>
  )
}
