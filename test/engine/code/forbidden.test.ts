import { parse } from "acorn"
import { describe, expect, it } from "vitest"
import { canonicalForm } from "../../../src/engine/code/canonical-form.ts"
import { topLevel } from "../../../src/engine/code/declarations.ts"
import { forbiddenUses } from "../../../src/engine/code/forbidden.ts"

/** Names of what a module's first declaration may not use. */
const forbidden = (code: string): ReadonlyArray<string> => {
  const top = topLevel(parse(code, { ecmaVersion: "latest", sourceType: "module" }))
  const same = (specifier: string) => specifier
  return forbiddenUses(canonicalForm(top.declarations[0]!, top, same), top, same).map(({ name }) => name)
}

describe("refused by name", () => {
  const cases: ReadonlyArray<readonly [name: string, code: string]> = [
    ...[
      "Date performance Temporal setTimeout setInterval setImmediate queueMicrotask crypto fetch WebSocket process navigator global globalThis require",
      "__dirname __filename Buffer eval Function console Intl WeakRef FinalizationRegistry Deno unheardOf"
    ]
      .join(" ")
      .split(" ")
      .map((name) => [name, `const f = () => ${name}`] as const),
    ["Date", "const f = () => new Date().getFullYear()"],
    ["process", "const f = () => typeof process"],
    ["process", "const f = () => ({ process })"],
    ["process", "const f = (a = process.env) => { var b; return a }"],
    ["process", "const f = () => { { let process = 1 } return process }"],
    ["process", "const f = () => process = 1"],
    ["Date", "const f = class { static now = Date.now() }"],
    ["Date", "const f = class { [Date]() {} }"],
    ["Math.random", "const f = () => Math.random()"],
    ["Math.random", 'const f = () => Math["random"]()'],
    ["Math.random", "const f = () => Math?.random()"],
    ["Math.random", "const f = () => { const { random, sqrt } = Math; return random }"],
    ["Math.random", "const { random } = Math"],
    ["Math", "const f = (name) => Math[name]()"],
    ["Math", "const f = () => { const { sqrt, ...rest } = Math; return rest }"],
    ["Math", "const f = () => g(Math); const g = (m) => m.random()"],
    ["import.meta", "const f = () => import.meta.url"],
    ["import() of a computed name", "const f = (name) => import(name)"],
    ["node:fs", 'const f = () => import("node:fs")'],
    ["node:fs", 'import { readFileSync } from "node:fs"; const f = () => readFileSync'],
    ["fs", 'import fs from "fs"; const f = () => fs.readFileSync'],
    ["fs/promises", 'import * as fs from "fs/promises"; const f = () => fs.readFile'],
    [".localeCompare", "const f = (a, b) => a.localeCompare(b)"],
    [".toLocaleString", "const f = (a) => a?.toLocaleString()"],
    [".toLocaleUpperCase", "const f = ({ toLocaleUpperCase }) => toLocaleUpperCase"],
    ["Clock", 'import { Clock } from "effect"; const f = () => Clock.currentTimeMillis'],
    ["Clock", 'import * as E from "effect"; const f = () => E.Clock.currentTimeMillis'],
    ["Random", 'import { Random as R } from "effect"; const f = () => R.next'],
    ["DateTime.now", 'import { DateTime } from "effect"; const f = () => DateTime.now'],
    ["Effect.timed", 'import { Effect } from "effect"; const f = (e) => Effect.timed(e)']
  ]
  it.each(cases)("%s in %s", (name, code) => {
    expect(forbidden(code)).toEqual([name])
  })
})

describe("not refused", () => {
  it.each([
    "const f = (a) => a.process.Date",
    "const f = () => ({ process: 1, Date() {} })",
    "const f = (process) => process.env",
    "const f = () => { const fetch = 1; return fetch }",
    "const f = () => { g(console); var console; }; const g = (x) => x",
    "const f = function Date() { return Date }",
    "const f = class performance { m() { return performance } }",
    "const f = () => { try {} catch (process) { return process } }",
    "const f = ({ process }) => process",
    "const process = 1; const f = () => process",
    'import { Date } from "dates"; const f = () => Date',
    "const f = () => { process: for (;;) break process }",
    "const f = (x) => Math.sqrt(x) + Math.PI",
    "const f = (x) => { const { sqrt, abs: a } = Math; return sqrt(a(x)) }",
    "const f = (x) => x.random()",
    "const f = function () { return arguments.length }",
    "const f = () => new Float64Array(new SharedArrayBuffer(8))",
    'import { Effect, DateTime } from "effect"; const f = () => Effect.map(DateTime.make(0), String)'
  ])("%s", (code) => {
    expect(forbidden(code)).toEqual([])
  })
})
