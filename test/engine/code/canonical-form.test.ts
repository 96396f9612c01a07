import { type AnyNode, parse } from "acorn"
import * as esbuild from "esbuild"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { canonicalForm } from "../../../src/engine/code/canonical-form.ts"
import { topLevel } from "../../../src/engine/code/declarations.ts"
import { everyNodeType } from "./every-node-type.ts"
import { program } from "./random-programs.ts"

const parseModule = (code: string) => parse(code, { ecmaVersion: "latest", sourceType: "module" })
/** The hash of the first declaration of a module. */
const hash = (code: string): string => {
  const top = topLevel(parseModule(code))
  return canonicalForm((top.declarations[0] ?? top.effects[0])!, top, (specifier) => specifier).hash
}
const inFunction = (body: string) => hash(`function f(p, q) { ${body} }`)
const rename = (code: string, minifyIdentifiers: boolean) => esbuild.transformSync(code, { minifyIdentifiers, format: "esm", target: "esnext" }).code

describe("what changes nothing", () => {
  const pairs: ReadonlyArray<readonly [claim: string, a: string, b: string]> = [
    ["a local's name", "let x = 1; return x", "let y = 1; return y"],
    ["const or let", "let x = 1; return x", "const x = 1; return x"],
    ["layout and comments", "return p+q", "/* sum */ return (\n p + q // here\n)"],
    ["one declaration or two", "let x = 1, y = 2; return x + y", "let x = 1; let y = 2; return x + y"],
    ["braces around one statement", "if (p) q()", "if (p) { q() }"],
    ["quotes", "return 'a'", 'return "a"'],
    ["how a number is written", "return 1000", "return 1_000"],
    ["how a big integer is written", "return 16n", "return 0x10n"],
    ["order of flags", "return /a/gi", "return /a/ig"],
    ["shorthand", "const x = p; return { x }", "const y = p; return { x: y }"],
    ["shorthand in a pattern", "const { x } = p; return x", "const { x: y } = p; return y"],
    ["shorthand with a default in a pattern", "const { x = q } = p; return x", "const { x: y = q } = p; return y"],
    ["quoted keys", "return { a: 1 }", 'return { "a": 1 }'],
    ["a literal name in brackets", "return p.a", 'return p["a"]'],
    ["a label's name", "a: for (;;) { for (;;) break a }", "b: for (;;) { for (;;) break b }"],
    ["a private name", "return class { #a = 1; get() { return this.#a } }", "return class { #b = 1; get() { return this.#b } }"],
    ["a function expression's own name", "return function g() { return g }", "return function h() { return h }"],
    ["a class expression's own name", "return class A { m() { return A } }", "return class B { m() { return B } }"],
    ["a caught error's name", "try { p() } catch (e) { return e }", "try { p() } catch (error) { return error }"],
    ["shadowing", "let x = 1; { let x = 2; q(x) } return x", "let x = 1; { let y = 2; q(y) } return x"],
    ["shadowing by a hoisted var", "let x = () => { q(y); if (p) { var y = 1 } }; return x", "let x = () => { q(x); if (p) { var x = 1 } }; return x"],
    ["shadowing by a hoisted function", "return () => { g(); function g() {} }", "return () => { p(); function p() {} }"],
    ["a parameter that shadows its function's name", "return function g(g) { return g }", "return function g(h) { return h }"],
    ["a var of a catch block", "try { p() } catch (e) { var x = e } return x", "try { p() } catch (y) { var z = y } return z"],
    ["empty statements", "p();; return q", "p(); return q"]
  ]
  it.each(pairs)("%s", (_, a, b) => {
    expect(inFunction(a)).toBe(inFunction(b))
  })
  it("the declaration's own name, also where it calls itself", () => {
    expect(hash("function f(n) { return n ? f(n - 1) : 0 }")).toBe(hash("function g(m) { return m ? g(m - 1) : 0 }"))
    expect(hash("const f = (n) => f(n)")).toBe(hash("let g = (m) => g(m)"))
  })
  it("the names of other declarations", () => {
    expect(hash("const f = () => a + b; const a = 1; const b = 2")).toBe(hash("const f = () => x + a; const a = 1; const x = 2"))
  })
})

describe("what changes the hash", () => {
  const pairs: ReadonlyArray<readonly [claim: string, a: string, b: string]> = [
    ["a string", "return 'a'", "return 'b'"],
    ["a number", "return 1", "return 2"],
    ["a string for a number", "return 1", "return '1'"],
    ["a big integer for a number", "return 1", "return 1n"],
    ["null for a string", "return null", "return 'null'"],
    ["a string that looks like a binding", "let x; return x", "let x; return 'b0'"],
    ["a pattern", "return /a/", "return /b/"],
    ["a pattern for a string", "return /a/", 'return "a"'],
    ["a flag", "return /a/g", "return /a/i"],
    ["an operator", "return p + q", "return p - q"],
    ["grouping", "return (p + q) * 2", "return p + q * 2"],
    ["a logical operator", "return p || q", "return p ?? q"],
    ["an assignment's operator", "p += 1", "p ||= 1"],
    ["prefix or postfix", "return ++p", "return p++"],
    ["which parameter", "return p", "return q"],
    ["the order of parameters' use", "return p - q", "return q - p"],
    ["a property's name", "return p.a", "return p.b"],
    ["a computed property", "return p.q", "return p[q]"],
    ["a key's name", "return { a: p }", "return { b: p }"],
    ["a computed key", "return { p: 1 }", "return { [p]: 1 }"],
    ["a method for a function", "return { a() {} }", "return { a: function () {} }"],
    ["a getter for a method", "return { get a() {} }", "return { a() {} }"],
    ["a setter for a getter", "return { set a(v) {} }", "return { get a() {} }"],
    ["__proto__ as shorthand", "const __proto__ = p; return { __proto__ }", "const x = p; return { __proto__: x }"],
    ["optional chaining", "return p?.a", "return p.a"],
    ["where an optional chain ends", "return p?.a.b", "return (p?.a).b"],
    ["an optional call", "return p?.()", "return p()"],
    ["a call for new", "return new p()", "return p()"],
    ["new.target", "return new.target", "return p"],
    ["this", "return this", "return p"],
    ["arguments", "return arguments", "return p"],
    ["whose arguments", "return () => arguments", "return function () { return arguments }"],
    ["arrow for function", "return () => this", "return function () { return this }"],
    ["async", "return async () => 1", "return () => 1"],
    ["a generator", "return function* () {}", "return function () {}"],
    ["yield*", "return function* () { yield* p }", "return function* () { yield p }"],
    ["await", "return async () => await p", "return async () => p"],
    ["for await", "return async () => { for await (const x of p); }", "return async () => { for (const x of p); }"],
    ["spread", "return [...p]", "return [p]"],
    ["a hole", "return [, p]", "return [p]"],
    ["a comma", "return p, q", "return [p, q]"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source code in a string
    ["a template's text", "return `a${p}`", "return `b${p}`"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source code in a string
    ["where a template's value stands", "return `a${p}b`", "return `ab${p}`"],
    ["a tagged template", "return p`a`", "return p(`a`)"],
    ["a tagged template's raw text", "return p`\\n`", "return p`\n`"],
    ["of for in", "for (const x of p) q(x)", "for (const x in p) q(x)"],
    ["var for let in a loop", "for (let i = 0; i < 3; i++) q(() => i)", "for (var i = 0; i < 3; i++) q(() => i)"],
    ["a loop's name in its own expression", "for (const x of p) q(x)", "for (const p of p) q(p)"],
    ["break for continue", "for (;;) break", "for (;;) continue"],
    ["the target of a break", "a: for (;;) b: for (;;) break a", "a: for (;;) b: for (;;) break b"],
    ["the order of statements", "p(); q()", "q(); p()"],
    ["else", "if (p) q(); else return", "if (p) q(); return"],
    ["a case's fall-through", "switch (p) { case 1: q(); case 2: }", "switch (p) { case 1: case 2: q() }"],
    ["default for a case", "switch (p) { default: q() }", "switch (p) { case undefined: q() }"],
    ["finally for catch", "try { p() } finally { q() }", "try { p() } catch { q() }"],
    ["a static member", "return class { static a = 1 }", "return class { a = 1 }"],
    ["a private member", "return class { #a = 1 }", "return class { a = 1 }"],
    ["which private name", "return class { #a; #b; m() { return this.#a } }", "return class { #a; #b; m() { return this.#b } }"],
    ["a superclass", "return class extends p {}", "return class {}"],
    ["super", "return class extends p { m() { return super.m() } }", "return class extends p { m() { return this.m() } }"],
    ["a static block", "return class { static { q() } }", "return class { }"],
    ["a default in a pattern", "const { a = 1 } = p; return a", "const { a = 2 } = p; return a"],
    ["a key in a pattern", "const { a: x } = p; return x", "const { b: x } = p; return x"],
    ["rest in a pattern", "const [...x] = p; return x", "const [x] = p; return x"],
    ["a global's name", "return Number(p)", "return String(p)"],
    ["a global for a local of its name", "return Number(p)", "const Number = q; return Number(p)"],
    ["a closure over a parameter, not the body's var", "return (x, g = () => x) => { var x; return g }", "return (x, g = () => x) => { var y; return g }"],
    ["typeof for void", "return typeof p", "return void p"],
    ["using", "using x = p; q()", "const x = p; q()"],
    ["debugger", "debugger; q()", "q()"]
  ]
  it.each(pairs)("%s", (_, a, b) => {
    expect(inFunction(a)).not.toBe(inFunction(b))
  })
  it("which name of a destructured declaration is meant", () => {
    const referring = (name: string) => hash(`const f = () => ${name}; const { a, b } = { a: 1, b: 2 }`)
    expect(referring("a")).not.toBe(referring("b"))
  })
  it("whether two references are one declaration or two", () => {
    expect(hash("const f = () => a + a; const a = 1")).not.toBe(hash("const f = () => a + b; const a = 1; const b = 1"))
  })
  it("what is imported, not how it is called here", () => {
    expect(hash('import { a } from "x"; const f = a')).toBe(hash('import { a as z } from "x"; const f = z'))
    expect(hash('import { a } from "x"; const f = a')).not.toBe(hash('import { b as a } from "x"; const f = a'))
    expect(hash('import { a } from "x"; const f = a')).not.toBe(hash('import { a } from "y"; const f = a'))
    expect(hash('import a from "x"; const f = a')).not.toBe(hash('import * as a from "x"; const f = a'))
  })
})

describe("renaming", () => {
  const types = (code: string): ReadonlySet<string> => {
    const seen = new Set<string>()
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(visit)
      else if (typeof value === "object" && value !== null && typeof (value as AnyNode).type === "string") {
        seen.add((value as AnyNode).type)
        Object.values(value).forEach(visit)
      }
    }
    visit(parseModule(code))
    return seen
  }
  // Every type that acorn 8 gives for a module, but for those of imports and exports, which no declaration contains, and parentheses, which are not kept.
  const all =
    "ArrayExpression ArrayPattern ArrowFunctionExpression AssignmentExpression AssignmentPattern AwaitExpression BinaryExpression BlockStatement BreakStatement CallExpression CatchClause ChainExpression ClassBody ClassDeclaration ClassExpression ConditionalExpression ContinueStatement DebuggerStatement DoWhileStatement EmptyStatement ExpressionStatement ForInStatement ForOfStatement ForStatement FunctionDeclaration FunctionExpression Identifier IfStatement ImportExpression LabeledStatement Literal LogicalExpression MemberExpression MetaProperty MethodDefinition NewExpression ObjectExpression ObjectPattern PrivateIdentifier Property PropertyDefinition RestElement ReturnStatement SequenceExpression SpreadElement StaticBlock Super SwitchCase SwitchStatement TaggedTemplateExpression TemplateElement TemplateLiteral ThisExpression ThrowStatement TryStatement UnaryExpression UpdateExpression VariableDeclaration VariableDeclarator WhileStatement YieldExpression"
  it("a program with every kind of node exists", () => {
    expect([...types(everyNodeType)].filter((type) => type !== "Program").sort()).toEqual(all.split(" ").sort())
  })
  it("all locals of that program keeps the hash", () => {
    const renamed = rename(everyNodeType, true)
    expect(renamed).not.toBe(rename(everyNodeType, false))
    expect(hash(renamed)).toBe(hash(rename(everyNodeType, false)))
  })
  it("all locals of a random program keeps the hash, as esbuild's own scope analysis renames them", () => {
    fc.assert(
      fc.property(program, ({ code }) => {
        expect(hash(rename(code, true))).toBe(hash(rename(code, false)))
      }),
      { numRuns: 300 }
    )
  })
  it("one reference of a random program to another binding in scope changes the hash", () => {
    fc.assert(
      fc.property(program, ({ code, rewired }) => {
        if (rewired !== undefined) expect(hash(rewired)).not.toBe(hash(code))
      }),
      { numRuns: 500 }
    )
  })
})
