import type { FigurePoint } from "./figure-points.ts"

/** Shares, each class with its upper end. */
const classes = [
  ["none", 0],
  ["up to 5%", 0.05],
  ["up to 10%", 0.1],
  ["up to 25%", 0.25],
  ["up to 50%", 0.5],
  ["over 50%", 1]
] as const

const classOf = (share: number): string => classes.find(([, most]) => share <= most)![0]

export interface ShareMap {
  /** From the top. */
  readonly rows: ReadonlyArray<string>
  readonly columns: ReadonlyArray<string>
  /** From 0 to 1; undefined where there is nothing to have a share of. */
  readonly share: (row: number, column: number) => number | undefined
}

/** A heat map of shares from light to dark: a tile a row and column, in one facet. */
export const shareMapPoints = ({ columns, rows, share }: ShareMap, panel = ""): ReadonlyArray<FigurePoint> => [
  // Classes in order, so that their shades are the same in every such figure.
  ...classes.map(([series]): FigurePoint => ({ mark: "bar", panel, series, xRange: [0, 0], yRange: [0, 0] })),
  ...rows.flatMap((label, r): ReadonlyArray<FigurePoint> => {
    const y = rows.length - 1 - r
    return [
      { mark: "tick", panel, y: y + 0.5, label },
      ...columns.map((_, c): FigurePoint => {
        const value = share(r, c)
        return { mark: "bar", panel, series: value === undefined ? "no value" : classOf(value), xRange: [c, c + 1], yRange: [y, y + 1] }
      })
    ]
  }),
  ...columns.map((label, c): FigurePoint => ({ mark: "tick", panel, x: c + 0.5, label }))
]
