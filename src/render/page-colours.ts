/** Colours of a page and what is written and ruled on it, light and dark: of HTML, SVG and office files. */
interface PageColours {
  readonly page: string
  readonly ink: string
  readonly quiet: string
  /** Of thin lines. */
  readonly hair: string
}
export const light: PageColours = { page: "#ffffff", ink: "#1b1f24", quiet: "#59636e", hair: "#a0a8b1" }
export const dark: PageColours = { page: "#0d1117", ink: "#e6edf3", quiet: "#9aa4af", hair: "#535b65" }
