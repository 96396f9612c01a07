import { withoutControlCharacters } from "./control-characters.ts"
import { dark, light } from "./page-colours.ts"

/** Text for an element or an attribute in double quotes of HTML: nothing in it is read as markup. Control characters are dropped. */
export const escapeHtml = (text: string): string => withoutControlCharacters(text).replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)

const variables = ({ hair, ink, page, quiet }: typeof light, link: string) =>
  `--sd-page:${page};--sd-ink:${ink};--sd-quiet:${quiet};--sd-hair:${hair};--sd-link:${link}`
// Renderings of tables take these; what is printed on paper is so in light colours.
const colours = `:root{color-scheme:light dark;${variables(light, "#0b5cad")}}
@media screen and (prefers-color-scheme:dark){:root{${variables(dark, "#79b8ff")}}}
a{color:var(--sd-link)}
`

/** No script runs and nothing is loaded, whatever a study's texts are. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/** A whole HTML file that needs nothing else, light or dark by the reader's choice: its style is within, there is no script. `body` is HTML already. */
export const htmlDocument = (title: string, style: string, body: string): string =>
  [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${colours}${style}</style>`,
    "</head>",
    "<body>",
    body.trimEnd(),
    "</body>",
    "</html>",
    ""
  ].join("\n")
