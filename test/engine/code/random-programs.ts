import fc from "fast-check"

/** A function's source, and the same with one reference turned to another binding that is in scope there (if there is one). */
export interface RandomProgram {
  readonly code: string
  readonly rewired: string | undefined
}

type Piece = string | { readonly name: string; readonly visible: ReadonlyArray<string> }

/** Writes a program from a stream of choices: every binding has a name of its own, and each reference remembers what else was in scope. */
const write = (choices: ReadonlyArray<number>, target: number): RandomProgram => {
  let at = 0
  let names = 0
  const choose = (n: number): number => (choices[at++ % choices.length]! + at) % n
  const fresh = () => `v${names++}`
  const reference = (visible: ReadonlyArray<string>): ReadonlyArray<Piece> =>
    visible.length === 0 ? ["0"] : [{ name: visible[choose(visible.length)]!, visible }]

  const expression = (visible: ReadonlyArray<string>, depth: number): ReadonlyArray<Piece> => {
    if (depth <= 0) return reference(visible)
    const sub = (more: ReadonlyArray<string> = []) => expression([...visible, ...more], depth - 1)
    switch (choose(9)) {
      case 0:
        return ["(", ...sub(), " + ", ...sub(), ")"]
      case 1:
        return ["[", ...sub(), ", ...", ...sub(), "]"]
      case 2: {
        const a = fresh()
        const b = fresh()
        return [`((${a}, ${b} = `, ...sub([a]), ") => ", ...sub([a, b]), ")"]
      }
      case 3: {
        const own = fresh()
        const a = fresh()
        return [`(function ${own}({ x: ${a} }) { `, ...body([...visible, own, a], depth - 1), " })"]
      }
      case 4: {
        const own = fresh()
        return [`(class ${own} extends (`, ...sub([own]), ") { [", ...sub([own]), "]() { ", ...body([...visible, own], depth - 1), " } })"]
      }
      case 5:
        return ["({ x: ", ...sub(), " }).x"]
      case 6:
        return ["`a${", ...sub(), "}b`"]
      default:
        return reference(visible)
    }
  }
  const body = (outer: ReadonlyArray<string>, depth: number): ReadonlyArray<Piece> => {
    const pieces: Array<Piece> = []
    let visible = outer
    // Hoisted names are in scope before they are declared.
    const hoisted = [fresh(), fresh()]
    visible = [...visible, ...hoisted]
    for (let n = 1 + choose(3); n > 0; n--) {
      switch (choose(8)) {
        case 0: {
          const a = fresh()
          visible = [...visible, a]
          pieces.push(`let ${a} = `, ...expression(visible, depth - 1), "; ")
          break
        }
        case 1: {
          const a = fresh()
          const b = fresh()
          pieces.push(`const { x: ${a}, y: [${b} = `, ...expression([...visible, a, b], depth - 1), "] } = ", ...expression(visible, depth - 1), "; ")
          visible = [...visible, a, b]
          break
        }
        case 2: {
          const i = fresh()
          pieces.push(`for (let ${i} = `, ...expression([...visible, i], depth - 1), "; ; ) { ", ...block([...visible, i], depth), " } ")
          break
        }
        case 3: {
          const x = fresh()
          pieces.push(`for (const ${x} of `, ...expression([...visible, x], depth - 1), ") { ", ...block([...visible, x], depth), " } ")
          break
        }
        case 4: {
          const e = fresh()
          pieces.push("try { ", ...block(visible, depth), ` } catch ({ x: ${e} }) { `, ...block([...visible, e], depth), " } ")
          break
        }
        case 5: {
          const a = fresh()
          pieces.push("switch (", ...expression(visible, depth - 1), `) { case 1: let ${a} = 1; default: `, ...expression([...visible, a], depth - 1), "; } ")
          break
        }
        case 6:
          pieces.push("if (", ...expression(visible, depth - 1), ") { ", ...block(visible, depth), " } ")
          break
        default:
          pieces.push(...expression(visible, depth - 1), "; ")
      }
    }
    pieces.push(`{ var ${hoisted[0]} = `, ...reference(visible), `; } function ${hoisted[1]}() { return `, ...reference([...outer, ...hoisted]), " }")
    return pieces
  }
  const block = (visible: ReadonlyArray<string>, depth: number): ReadonlyArray<Piece> =>
    depth <= 0 ? ["(", ...reference(visible), ");"] : ["(", ...expression(visible, depth - 1), ");"]

  const pieces = body(["p", "q"], 3)
  const references = pieces.flatMap((piece, i) => (typeof piece === "string" ? [] : [i]))
  const chosen = references[target % references.length]
  const source = (rewire: boolean) =>
    `function f(p, q) { ${pieces
      .map((piece, i) => {
        if (typeof piece === "string") return piece
        const others = piece.visible.filter((name) => name !== piece.name)
        return rewire && i === chosen ? (others[target % others.length] ?? piece.name) : piece.name
      })
      .join("")} }`
  const code = source(false)
  const other = source(true)
  return { code, rewired: other === code ? undefined : other }
}

/** Random functions with nested scopes of every kind. */
export const program: fc.Arbitrary<RandomProgram> = fc
  .tuple(fc.array(fc.nat({ max: 1000 }), { minLength: 5, maxLength: 60 }), fc.nat())
  .map(([choices, target]) => write(choices, target))
