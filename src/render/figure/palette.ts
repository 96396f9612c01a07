export const blue = "#0072B2"

/**
 * Colours of series: Okabe and Ito (2008), told apart with the common colour-vision deficiencies, in an order in which neighbours differ in lightness too.
 * Their black is left to the ink, their yellow to nobody: it fades on white. A grey stands in.
 */
const seriesColours = [blue, "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#8A8F98"] as const

const dashes = ["", "5 3", "1.5 2.5"] as const

export interface SeriesStroke {
  readonly colour: string
  /** An SVG dash pattern; empty for a solid line. */
  readonly dash: string
}

/** The stroke of series number `index`; from the eighth on, the colours come again dashed, then dotted. */
export const seriesStroke = (index: number): SeriesStroke => ({
  colour: seriesColours[index % seriesColours.length]!,
  dash: dashes[Math.floor(index / seriesColours.length) % dashes.length]!
})
