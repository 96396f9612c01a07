/** Names that Stata keeps for itself (help reswords), beside `str1`, `str2` …. */
const RESERVED = new Set("_all _b byte _coef _cons _dta double float if in int long _n _N _pi _pred _rc _skip strL using with".split(" "))
const LONGEST = 32

const cut = (name: string, length: number): string => [...name].slice(0, length).join("")

/**
 * Names as Stata 14 and later allow them: at most 32 characters, letters of any script, digits and `_`, no digit at the start, none that Stata keeps for
 * itself, none twice. What is no such character becomes `_`; where two names come out alike, the later one ends in `_2`.
 */
export const legalNames = (names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const taken = new Set<string>()
  // Names that are legal as they are stay as they are, wherever they stand.
  const plain = names.map((name) => {
    const letters = cut(name.normalize("NFC").replace(/[^\p{L}0-9_]/gu, "_"), LONGEST)
    const started = letters === "" || /^[0-9]/.test(letters) ? cut(`_${letters}`, LONGEST) : letters
    return RESERVED.has(started) || /^str[0-9]+$/.test(started) ? cut(`_${started}`, LONGEST) : started
  })
  for (const [i, name] of names.entries()) if (plain[i] === name) taken.add(name)
  return plain.map((name, i) => {
    if (name === names[i]) return name
    let free = name
    for (let n = 2; taken.has(free); n++) free = `${cut(name, LONGEST - `_${n}`.length)}_${n}`
    taken.add(free)
    return free
  })
}
