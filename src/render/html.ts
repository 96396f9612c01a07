import { withoutControlCharacters } from "./control-characters.ts"
/** Text for an element or an attribute in double quotes of HTML: nothing in it is read as markup. Control characters are dropped. */
export const escapeHtml = (text: string): string => withoutControlCharacters(text).replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)

/** Colours of a page and what is drawn on it, light and dark; renderings of tables take them from here. */
const pageStyle = `:root{color-scheme:light dark;--sd-page:#fff;--sd-ink:#1b1f24;--sd-quiet:#59636e;--sd-hair:#a0a8b1;--sd-link:#0059b3}
@media (prefers-color-scheme:dark){:root{--sd-page:#0d1117;--sd-ink:#e6edf3;--sd-quiet:#9aa4af;--sd-hair:#535b65;--sd-link:#79b8ff}}
body{margin:0 auto;padding:1rem;max-width:60rem;background:var(--sd-page);color:var(--sd-ink);font:16px/1.5 Helvetica,Arial,'Liberation Sans','Noto Sans CJK SC','Microsoft YaHei',sans-serif}
a{color:var(--sd-link)}
`

/** A whole HTML file that needs nothing else: its style is within, there is no script. `body` is HTML already. */
export const htmlDocument = (title: string, style: string, body: string): string =>
  [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${pageStyle}${style}</style>`,
    "</head>",
    "<body>",
    `${body.trimEnd()}`,
    "</body>",
    "</html>",
    ""
  ].join("\n")
