import type { AnyNode, Program, Property } from "acorn"
import { boundNames } from "./scope.ts"

/** What one or more names at the bundle's top level are bound to. */
export interface Declaration {
  readonly names: ReadonlyArray<string>
  /** Declarators, functions and classes; with a namespace object also the call that fills it. */
  readonly nodes: ReadonlyArray<AnyNode>
}
/** A name bound by an import of a package. */
export interface PackageBinding {
  readonly specifier: string
  /** The exported name; `*` for the namespace. */
  readonly imported: string
}
export type Bound = Declaration | PackageBinding
export const isPackage = (bound: Bound): bound is PackageBinding => "specifier" in bound

/** The bundle's top level. */
export interface TopLevel {
  readonly bound: ReadonlyMap<string, Bound>
  /** In the bundle's order. */
  readonly declarations: ReadonlyArray<Declaration>
  /** Statements that are run for what they do, in the bundle's order: declarations without names. */
  readonly effects: ReadonlyArray<Declaration>
  /** Names that the bundle exports. */
  readonly exported: ReadonlyMap<string, string>
  /** Imports and re-exports of packages: the string literals of their specifiers. */
  readonly specifiers: ReadonlyArray<{ readonly value: string; readonly start: number; readonly end: number }>
  /** Keys that esbuild makes of a file's path (lazy and CommonJS modules): they carry no meaning. */
  readonly pathKeys: ReadonlySet<AnyNode>
}

const LAZY_MODULE = new Set(["__esm", "__commonJS", "__commonJSMin"])

/** The property of `var init_x = __esm({ "path/x.ts"() {…} })` whose key is a path. */
const pathKey = (init: AnyNode | null | undefined): Property | undefined => {
  if (init?.type !== "CallExpression" || init.callee.type !== "Identifier" || !LAZY_MODULE.has(init.callee.name)) return undefined
  const [modules] = init.arguments
  const property = modules?.type === "ObjectExpression" ? modules.properties[0] : undefined
  return property?.type === "Property" ? property : undefined
}

const exportName = (node: { type: string; name?: string; value?: unknown }): string => node.name ?? String(node.value)

/** Sorts the statements of a bundle into declarations, imports, exports and side effects. */
export const topLevel = (program: Program): TopLevel => {
  const bound = new Map<string, Bound>()
  const effects: Array<Declaration> = []
  const exported = new Map<string, string>()
  const specifiers: Array<TopLevel["specifiers"][number]> = []
  const pathKeys = new Set<AnyNode>()
  const order: Array<Declaration> = []

  const declare = (names: ReadonlyArray<string>, node: AnyNode) => {
    // `var` may bind a name again (enums that are merged): both declarators then belong together.
    const earlier = new Set(names.map((name) => bound.get(name)).filter((it): it is Declaration => it !== undefined && !isPackage(it)))
    const merged = [...earlier]
    const declaration = {
      names: [...new Set([...merged.flatMap((it) => it.names), ...names])],
      nodes: [...merged.flatMap((it) => it.nodes), node]
    }
    for (const old of merged) order.splice(order.indexOf(old), 1)
    order.push(declaration)
    for (const name of declaration.names) bound.set(name, declaration)
  }

  for (const statement of program.body) {
    switch (statement.type) {
      case "ImportDeclaration": {
        const specifier = String(statement.source.value)
        specifiers.push({ value: specifier, start: statement.source.start, end: statement.source.end })
        if (statement.specifiers.length === 0) effects.push({ names: [], nodes: [statement] })
        for (const one of statement.specifiers) {
          const imported = one.type === "ImportSpecifier" ? exportName(one.imported) : one.type === "ImportDefaultSpecifier" ? "default" : "*"
          bound.set(one.local.name, { specifier, imported })
        }
        break
      }
      case "VariableDeclaration":
        for (const declarator of statement.declarations) {
          const key = pathKey(declarator.init)
          if (key !== undefined) pathKeys.add(key)
          declare(boundNames(declarator.id), declarator)
        }
        break
      case "FunctionDeclaration":
      case "ClassDeclaration":
        declare([statement.id.name], statement)
        break
      case "ExportNamedDeclaration":
      case "ExportAllDeclaration":
        if (statement.source) specifiers.push({ value: String(statement.source.value), start: statement.source.start, end: statement.source.end })
        else if (statement.type === "ExportNamedDeclaration")
          for (const one of statement.specifiers) exported.set(exportName(one.exported), exportName(one.local))
        break
      case "ExpressionStatement": {
        const { expression } = statement
        const target =
          expression.type === "CallExpression" && expression.callee.type === "Identifier" && expression.callee.name === "__export"
            ? expression.arguments[0]
            : undefined
        if (target?.type === "Identifier" && bound.has(target.name)) declare([target.name], expression)
        else effects.push({ names: [], nodes: [statement] })
        break
      }
      case "EmptyStatement":
        break
      default:
        effects.push({ names: [], nodes: [statement] })
    }
  }
  return { bound, declarations: order, effects, exported, specifiers, pathKeys }
}
