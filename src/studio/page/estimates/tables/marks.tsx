import type { TableCell } from "../../../messages/estimates/table.ts"

interface Mark {
  readonly sign: string
  readonly words: string
}

const SIGN: Mark = { sign: "±", words: "another sign" }
const STARS: Mark = { sign: "☆", words: "other stars" }
const BEYOND: Mark = { sign: "≠", words: "differs" }
const NEAR: Mark = { sign: "≈", words: "within the tolerance" }
const MISSING: Mark = { sign: "∅", words: "not in the run" }

/** What is to be said of a cell beside what is published there; nothing where it rounds to what is printed. */
export const marksOf = ({ signDiffers, starsDiffer, verdict }: TableCell): ReadonlyArray<Mark> => [
  ...(signDiffers ? [SIGN] : verdict === "beyond" ? [BEYOND] : verdict === "tolerance" ? [NEAR] : verdict === "missing" ? [MISSING] : []),
  ...(starsDiffer ? [STARS] : [])
]

/** How a cell is coloured: by the worst that is to be said of it. */
export const lookOf = ({ signDiffers, starsDiffer, verdict }: TableCell): string =>
  signDiffers ? "estimates-sign" : verdict === "beyond" || verdict === "missing" || starsDiffer ? "estimates-beyond" : ""

/** What the marks mean. */
export const MarksLegend = ({ byPrint }: { readonly byPrint: boolean }) => (
  <ul class="estimates-legend">
    <li>no mark: rounds to what is printed</li>
    {byPrint ? null : (
      <li>
        <span>≈</span> beyond rounding, within the tolerance
      </li>
    )}
    <li class="estimates-beyond">
      <span>≠</span> differs by more
    </li>
    <li class="estimates-sign">
      <span>±</span> has another sign
    </li>
    <li class="estimates-beyond">
      <span>☆</span> other stars
    </li>
    <li>
      <span>∅</span> not in the run
    </li>
  </ul>
)
