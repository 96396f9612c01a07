import { numberText, pValueText } from "../../chart/number-text.ts"
import { exact as allDigits } from "../exact.ts"

interface NumberProps {
  readonly value: number | null
  /** All digits, as the artifact has them. */
  readonly exact: boolean
  readonly p?: true
  readonly digits?: number
  readonly after?: string
}

/** A number in a table. */
export const inTable = (value: number, { digits = 5, exact, p }: Omit<NumberProps, "value">): string =>
  exact ? allDigits(value) : p ? pValueText(value) : numberText(value, digits)

/** A cell with a number; a missing one is a dash. */
export const NumberCell = ({ after, value, ...how }: NumberProps) => (
  <td class="estimates-count">
    {value === null ? <span class="soft">–</span> : inTable(value, how)}
    {after === undefined ? null : <span class="estimates-stars">{after}</span>}
  </td>
)
