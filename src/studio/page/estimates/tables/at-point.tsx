/** Numbers under one another at their decimal points. */

/** A text before its point, and from it on; undefined for what is no single number. */
const split = (text: string): readonly [head: string, tail: string] | undefined => {
  const [, head, tail] = /^([([{]?[-−+<]?\s?[\d,]+)((?:\.\d+)?(?:e[-+]?\d+)?[^\d.,]{0,6})$/.exec(text) ?? []
  return head === undefined ? undefined : [head, tail ?? ""]
}

export interface PointWidths {
  readonly head: number
  readonly tail: number
}

/** How many characters stand before and after the points of a column, at the most; whole numbers among decimals take no part. */
export const pointWidths = (texts: ReadonlyArray<string>): PointWidths => {
  const pairs = texts.flatMap((text) => {
    const parts = split(text)
    return parts === undefined ? [] : [parts]
  })
  const fractional = pairs.some(([, tail]) => tail.startsWith("."))
  const aligned = fractional ? pairs.filter(([, tail]) => tail.startsWith(".")) : pairs
  return { head: Math.max(0, ...aligned.map(([head]) => head.length)), tail: Math.max(0, ...aligned.map(([, tail]) => tail.length)) }
}

export const AtPoint = ({ numeric, text, widths: { head, tail } }: { readonly text: string; readonly widths: PointWidths; readonly numeric: boolean }) => {
  const parts = numeric ? split(text) : undefined
  // A count among decimals is centred.
  if (parts === undefined || (tail > 0 && parts[1] === "")) return <span>{text}</span>
  return (
    <span class="estimates-at-point">
      <span style={{ minWidth: `${head}ch` }}>{parts[0]}</span>
      <span style={{ minWidth: `${tail}ch` }}>{parts[1]}</span>
    </span>
  )
}
