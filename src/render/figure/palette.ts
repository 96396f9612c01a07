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
const seriesStroke = (index: number): SeriesStroke => ({
  colour: seriesColours[index % seriesColours.length]!,
  dash: dashes[Math.floor(index / seriesColours.length) % dashes.length]!
})

/** Which colours the series of a figure have: told apart; from light to dark, or from one end over the middle to the other, in the order of the series; or by their names. */
export type Palette = "categorical" | "sequential" | "diverging" | "clusters"
export const isPalette = (name: string): name is Palette => name === "categorical" || name === "sequential" || name === "diverging" || name === "clusters"

// Brewer's Blues and red to blue (Harrower and Brewer 2003), which stay apart with the common colour-vision deficiencies and in print.
const ramps = {
  sequential: ["#eff3ff", "#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#084594"],
  diverging: ["#2166ac", "#67a9cf", "#d1e5f0", "#f7f7f7", "#fddbc7", "#ef8a62", "#b2182b"]
} as const

export const notSignificant = "#e3e5e8"
/** Kinds of local association, as GeoDa colours them but for the grey; and what has no value. */
const clusterColours: Readonly<Record<string, string>> = {
  "high-high": "#b2182b",
  "low-low": "#2166ac",
  "high-low": "#f4a582",
  "low-high": "#92c5de",
  "hot spot": "#b2182b",
  "cold spot": "#2166ac",
  "not significant": notSignificant
}
/** Of what has no value, in any palette: hatched, so that it is no light colour of a scale. */
const missing = "url(#sd-missing)"
export const missingPattern = `<pattern id="sd-missing" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="sd-page" width="6" height="6"/><line class="sd-hair" x1="0" y1="0" x2="0" y2="6" stroke-width="2"/></pattern>`
export const missingSeries = "no value"

const channel = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16)
const mixed = (a: string, b: string, share: number): string =>
  `#${[1, 3, 5]
    .map((at) =>
      Math.round(channel(a, at) + (channel(b, at) - channel(a, at)) * share)
        .toString(16)
        .padStart(2, "0")
    )
    .join("")}`

/** The colour of series `index` of `count` on a ramp: its ends for the first and the last, evenly between. */
const onRamp = (ramp: ReadonlyArray<string>, index: number, count: number): string => {
  const place = count < 2 ? ramp.length - 2 : (index / (count - 1)) * (ramp.length - 1)
  const below = Math.floor(place)
  return mixed(ramp[below]!, ramp[Math.min(below + 1, ramp.length - 1)]!, place - below)
}

/** How the series of a figure are drawn under its palette, by name. */
export const strokesOf = (palette: Palette, series: ReadonlyArray<string>, offset: number): ((name: string) => SeriesStroke) => {
  if (palette === "categorical") return (name) => seriesStroke(name === "" ? 0 : series.indexOf(name) + offset)
  const valued = series.filter((name) => name !== missingSeries)
  return (name) => ({
    colour:
      name === missingSeries
        ? missing
        : palette === "clusters"
          ? (clusterColours[name] ?? notSignificant)
          : onRamp(ramps[palette], valued.indexOf(name), valued.length),
    dash: ""
  })
}
