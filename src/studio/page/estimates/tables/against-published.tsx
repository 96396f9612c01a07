import type { CellDetail } from "../../../messages/estimates/table.ts"
import { numberText, percentText } from "../../chart/number-text.ts"
import { addressOf } from "../../route.ts"
import { exact } from "../exact.ts"

const VERDICTS = {
  rounding: "Agrees: it rounds to what is printed.",
  tolerance: "Beyond rounding, within what the comparison tolerates.",
  beyond: "Differs.",
  missing: "The run has nothing here.",
  none: ""
} as const

const verdictOf = ({ published, publishedValue, signDiffers, starsDiffer, verdict }: CellDetail): string => {
  const words = publishedValue === null && verdict === "rounding" && published !== "" ? "Agrees: the same is printed." : VERDICTS[verdict]
  return [words, ...(signDiffers ? ["It has another sign."] : []), ...(starsDiffer ? ["It has other stars."] : [])].join(" ")
}

const toneOf = ({ signDiffers, starsDiffer, verdict }: CellDetail): string =>
  signDiffers ? "estimates-sign" : verdict === "beyond" || verdict === "missing" || starsDiffer ? "estimates-beyond" : "estimates-agrees"

/** A difference in every unit that says something. */
const factsOf = ({ compared, publishedValue, value }: CellDetail): ReadonlyArray<readonly [name: string, text: string]> => {
  if (value === null || publishedValue === null) return []
  const difference = compared?.difference ?? value - publishedValue
  const relative = compared?.relative ?? (publishedValue === 0 ? null : difference / Math.abs(publishedValue))
  return [
    ["difference", numberText(difference)],
    ...(relative === null ? [] : [["of its size", percentText(relative)] as const]),
    ...(compared?.inStdErrors === null || compared === null ? [] : [["in published standard errors", numberText(compared.inStdErrors, 3)] as const]),
    ...(compared?.roundingUnits === null || compared === null ? [] : [["in units of the last printed digit", numberText(compared.roundingUnits, 3)] as const]),
    ...(compared === null || compared.excess === null || compared.excess === 0
      ? []
      : [["beyond rounding by", numberText(compared.excess)] as const, ["tolerated", numberText(compared.tolerance)] as const])
  ]
}

/** The exact number, the published one, and how far they are apart. */
export const AgainstPublished = ({ cell, study }: { readonly study: string; readonly cell: CellDetail }) => {
  const { compared, published, publishedIn, text, value } = cell
  return (
    <>
      <dl class="estimates-facts">
        <div>
          <dt>run</dt>
          <dd>
            <strong class="estimates-exact">{value === null ? text || "–" : exact(value)}</strong>
            {value === null ? null : <span class="soft"> printed {text}</span>}
          </dd>
        </div>
        {published === "" ? null : (
          <div>
            <dt>published</dt>
            <dd>
              <strong>{published}</strong>
              {publishedIn === null ? null : (
                <>
                  {" "}
                  <a href={addressOf(study, "node", [publishedIn.node], { row: String(publishedIn.row) })}>
                    {publishedIn.file === "" ? publishedIn.node : publishedIn.file}
                  </a>
                </>
              )}
            </dd>
          </div>
        )}
        {factsOf(cell).map(([name, fact]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      {cell.verdict === "none" ? null : <p class={`estimates-verdict ${toneOf(cell)}`}>{verdictOf(cell)}</p>}
      {compared === null || compared.explanation === "" ? null : <p>The study says why: {compared.explanation}.</p>}
      {compared === null ? null : (
        <p>
          <a href={addressOf(study, "node", [compared.node], { output: "numbers", row: String(compared.row) })}>its row in the comparison</a>
        </p>
      )}
    </>
  )
}
