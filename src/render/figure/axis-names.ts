import { textExtent } from "../text-extent.ts"

/** Where a name may be broken: after a space, a hyphen or an underscore, and after any Chinese, Japanese or Korean letter. */
const pieces = (name: string): ReadonlyArray<string> =>
  name.match(/[^\s_\-\u2e80-\u9fff\uac00-\ud7af]+[\s_-]?|[\u2e80-\u9fff\uac00-\ud7af][\s_-]?|[\s_-]/gu) ?? [name]

const cutTo = (text: string, size: number, room: number): string => {
  if (textExtent(text, size) <= room) return text
  const letters = [...text]
  while (letters.length > 1 && textExtent(`${letters.join("")}…`, size) > room) letters.pop()
  return `${letters.join("").trimEnd()}…`
}

/** A name beside an axis in at most `most` lines no wider than `room` pixels; what is left of it then is cut. */
export const nameLines = (name: string, size: number, room: number, most: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line = ""
  for (const piece of pieces(name)) {
    if (line !== "" && lines.length < most - 1 && textExtent((line + piece).trimEnd(), size) > room) {
      lines.push(line.trimEnd())
      line = piece
    } else line += piece
  }
  return [...lines, line.trimEnd()].map((one) => cutTo(one, size, room))
}

/** Whether names under an axis of so many pixels would run into each other, and so are written at an angle. */
export const slanted = (names: ReadonlyMap<number, string>, size: number, width: number): boolean =>
  [...names.values()].reduce((sum, name) => sum + textExtent(name, size) + 10, 0) > width * 0.85

/** Room under an axis for its names. */
export const namesBelow = (names: ReadonlyMap<number, string>, size: number, width: number): number =>
  44 + (slanted(names, size, width) ? Math.max(...[...names.values()].map((name) => textExtent(name, size))) * 0.72 : 0)

/** Where names stand that leave a line's height between them: all, or every second, third, … */
export const namedPlaces = (names: ReadonlyMap<number, string>, size: number, width: number): ReadonlyArray<number> => {
  const every = Math.max(1, Math.ceil((names.size * size * 1.15) / width))
  return [...names.keys()].sort((a, b) => a - b).filter((_, i) => i % every === 0)
}
