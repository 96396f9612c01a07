import { hasCjk } from "./cjk.ts"
import { withoutControlCharacters } from "./control-characters.ts"

/** Text for LaTeX: every character that LaTeX reads as markup escaped, symbols that pdfLaTeX has no letter for in mathematics. Control characters are dropped. */

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "\\textquotedbl{}",
  "`": "\\textasciigrave{}",
  "†": "\\textdagger{}",
  "‡": "\\textdaggerdbl{}",
  "§": "\\textsection{}",
  "¶": "\\textparagraph{}",
  "€": "\\texteuro{}",
  "²": "\\textsuperscript{2}",
  "³": "\\textsuperscript{3}",
  "\u00a0": "~",
  "–": "\\textendash{}",
  "—": "\\textemdash{}",
  "…": "\\dots{}",
  "−": "\\ensuremath{-}",
  "×": "\\ensuremath{\\times}",
  "·": "\\ensuremath{\\cdot}",
  "±": "\\ensuremath{\\pm}",
  "≤": "\\ensuremath{\\le}",
  "≥": "\\ensuremath{\\ge}",
  "≠": "\\ensuremath{\\ne}",
  "≈": "\\ensuremath{\\approx}",
  "→": "\\ensuremath{\\rightarrow}",
  "←": "\\ensuremath{\\leftarrow}",
  "∞": "\\ensuremath{\\infty}",
  "∑": "\\ensuremath{\\sum}",
  "√": "\\ensuremath{\\surd}",
  "°": "\\ensuremath{^\\circ}"
}

const greek = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma sigma tau upsilon phi chi psi omega".split(" ")
// Capitals that Latin has as well are set as those.
const greekCapitals = "A B Gamma Delta E Z H Theta I K Lambda M N Xi O Pi P - Sigma T Upsilon Phi X Psi Omega".split(" ")
const greekLetter = (character: string): string | undefined => {
  const code = character.codePointAt(0)!
  const capital = greekCapitals[code - 0x391]
  if (capital !== undefined && capital !== "-") return capital.length === 1 ? capital : `\\ensuremath{\\${capital}}`
  const name = greek[code - 0x3b1]
  return name === undefined ? undefined : name === "omicron" ? "o" : `\\ensuremath{\\${name}}`
}

export const escapeLatex = (text: string): string =>
  [...withoutControlCharacters(text).replace(/\s*[\r\n\t]+\s*/g, " ")]
    .map((character) => (/[#$%&_{}]/.test(character) ? `\\${character}` : (escapes[character] ?? greekLetter(character) ?? character)))
    .join("")
    // Two hyphens would be a dash.
    .replace(/-(?=-)/g, "-{}")

/** What is to be said of letters in LaTeX that pdfLaTeX has no font for as fragments and documents are; undefined where it has all. */
export const lettersLacking = (latex: string): string | undefined => {
  if (hasCjk(latex)) return "% has Chinese, Japanese or Korean text: compile with XeLaTeX and ctex, or inside a CJK environment of CJKutf8"
  const others = latex.match(/[\u0300-\u200b\u2045-\u20ab\u20ad-\u2115\u2117-\u2121\u2123-\u{10ffff}]/gu)
  return others === null
    ? undefined
    : `% has letters that pdfLaTeX lacks (${[...new Set(others)]
        .slice(0, 5)
        .map((letter) => `U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`)
        .join(", ")}): compile with XeLaTeX or LuaLaTeX and a font that has them`
}

/** Text that begins a row of a table or an item of a list: there LaTeX would take [ for the argument of the command before, and * for its star. */
export const escapeLatexAtStart = (text: string): string => escapeLatex(text.trimStart()).replace(/^[[*]/, "{$&}")

/** The label of a table or a figure: `tab:` or `fig:` and the name of its file, whatever is no letter or digit as a hyphen. */
export const latexLabel = (what: "table" | "figure", name: string): string =>
  `\\label{${what === "table" ? "tab" : "fig"}:${name.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "")}}`

/**
 * The caption of a table or a figure. LaTeX counts them itself, so that a title's own "Table 4." is left out; with `numberOfTitle` the counter is set to it, and what has no
 * number in its title has none (this needs the package caption).
 */
export const latexCaption = (
  what: "table" | "figure",
  title: string,
  numberOfTitle: boolean
): { readonly caption: string; readonly counter: ReadonlyArray<string> } => {
  const [, number, words] = (what === "table" ? /^Table (\d+)[.:]?\s+(.*)$/su : /^Figure (\d+)[.:]?\s+(.*)$/su).exec(title) ?? []
  if (title === "") return { caption: "", counter: [] }
  if (number === undefined) return { caption: `\\caption${numberOfTitle ? "*" : ""}{${escapeLatex(title)}}`, counter: [] }
  return { caption: `\\caption{${escapeLatex(words!)}}`, counter: numberOfTitle ? [`\\setcounter{${what}}{${Number(number) - 1}}`] : [] }
}
