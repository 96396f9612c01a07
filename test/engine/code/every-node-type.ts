// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source code in a string
/** One declaration that contains every kind of node a module's declaration can have, with shadowing wherever the language allows it. */
export const everyNodeType = String.raw`
function everything(first, { second, third: [fourth, ...fifth], ...sixth }, seventh = () => first, ...eighth) {
  var first, hoistedLater = arguments.length
  const { [second]: computed = fourth, third = 3n } = sixth
  class Point extends (class Base { static Base = Base }) {
    #x = 1
    static #count = 0
    static { var inner = Point.#count++; third; inner }
    [computed] = this.#x
    get x() { return super.x ?? this.#x }
    set x(value) { this.#x = value }
    static make(first) { return new Point(first) }
    has(other) { return #x in other && other?.#x }
    *walk() { const received = yield this; yield* received; }
    async *stream() { for await (const item of eighth) yield await item }
    constructor(...rest) { super(...rest); if (new.target) { this.rest = rest } }
  }
  const Named = class Inner { static self = Inner }
  outer: for (let i = 0, n = fifth.length; i < n; i++) {
    inner: for (const key in sixth) {
      if (key === "a") continue outer; else if (key in sixth) break inner
      for (const key of [key]) { let i = key; seventh(() => i) }
    }
  }
  do { first-- } while (first > 0)
  while (!first) first = first ? 1 : (second, 2)
  switch (typeof second) {
    case "string": { let second = 1; void second }
    case "number": let local = second; seventh(local); break
    default: { const local = 4; delete sixth.a; seventh(local) }
  }
  try { throw new RangeError(second) } catch (second) { var fromCatch = second } finally { seventh?.() }
  try { } catch { debugger }
  const recursive = function recursive(n) { return n > 0 ? recursive(n - 1) : fromCatch }
  function hoisted(first) { { function first() { return hoisted } first() } return first }
  const object = { first, second: second, [third]: fourth, method() { return super.method }, get a() { return first }, ...sixth, "quoted key": 1, 5: 2, async *gen() {} }
  ;[first, object.a, ...object.rest] = [, second, ...fifth];
  ({ first, second: object.b = 2 } = object)
  const text = ${"`"}a${"${first}"}b${"${`n${second}`}"}${"`"} + seventh${"`"}raw\n${"${third}"}${"`"}
  const loaded = async () => { const first = await import("./x.js", { with: { type: "json" } }); return first }
  for (;;) { ; if (hoistedLater) break }
  return [Point, Named, recursive, text, loaded, /[a-z]+/giu, -first, first ** 2, first ||= 1, (first, second), () => ({ first })]
}`
