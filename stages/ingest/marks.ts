/** Signs behind a text or a number that refer to a footnote. */

const isDigit = /\p{N}/u

/** Signs as a file may have them: full-width ones too (＊ for *), but for those with a digit in them. */
const plain = (text: string): string => (isDigit.test(text) ? text : text.normalize("NFKC"))

/** The text without the declared signs at its end, however many there are; what is nothing but signs stays. */
export const withoutMarks = (text: string, marks: ReadonlyArray<string>): string => {
  let rest = text.trim()
  for (;;) {
    const mark = marks.find((one) => rest.length > one.length && plain(rest.slice(-one.length)) === plain(one))
    if (mark === undefined) return rest
    rest = rest.slice(0, -mark.length).trim()
  }
}

/** A sign that normalizing would make a plain digit of: 12.5① is not 12.51, nor is 5² 52. */
export const digitSign = (text: string): string | undefined => /\p{No}/u.exec(text)?.[0]
