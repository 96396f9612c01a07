import * as Flag from "effect/cli/Flag"
import type { FigureOptions } from "../render/part.ts"

/** How figures are drawn in files of their own. */
export const figureFlags = {
  width: Flag.Literals("width", ["page", "column"]).pipe(
    Flag.withDescription("as wide as a journal's page (170 mm) or one of its columns (85 mm) figures are drawn, letters as large in both (default: page)"),
    Flag.withDefault("page" as const)
  ),
  theme: Flag.Literals("theme", ["light", "dark"]).pipe(
    Flag.withDescription("the ground of .png; .svg and .html follow the reader's (default: light)"),
    Flag.withDefault("light" as const)
  )
}

/** What the flags ask of a figure. */
export const figureOptions = ({ theme, width }: { readonly theme: "light" | "dark"; readonly width: "page" | "column" }): FigureOptions => ({
  breadth: width,
  theme
})
