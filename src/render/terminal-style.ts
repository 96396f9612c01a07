/** What a terminal can do with a text; each is the identity where colour was not asked for. */
interface TerminalStyle {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  /** One of seven colours, by number. */
  readonly series: (text: string, index: number) => string
}

const sgr = (code: string) => (text: string) => (text.trim() === "" ? text : `\u001b[${code}m${text}\u001b[0m`)
const same = (text: string): string => text
// 256-colour cells nearest to the Okabe-Ito palette, in the order of palette.ts.
const codes = ["38;5;25", "38;5;166", "38;5;36", "38;5;175", "38;5;214", "38;5;74", "38;5;244"]

export const terminalStyle = (colour: boolean): TerminalStyle =>
  colour ? { bold: sgr("1"), dim: sgr("2"), series: (text, index) => sgr(codes[index % codes.length]!)(text) } : { bold: same, dim: same, series: same }
