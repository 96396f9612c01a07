import type { AnyNode, Expression, Super } from "acorn"
import type { CanonicalForm } from "./canonical-form.ts"
import { type Declaration, isPackage, type TopLevel } from "./declarations.ts"
import { memberName } from "./stage-declarations.ts"

// Standard methods that change what they are called on, and functions that change their first argument.
const MUTATING_METHODS = new Set(
  (
    "push pop shift unshift splice sort reverse fill copyWithin set add delete clear append next getOrInsert getOrInsertComputed " +
    "setInt8 setUint8 setInt16 setUint16 setInt32 setUint32 setBigInt64 setBigUint64 setFloat16 setFloat32 setFloat64"
  ).split(" ")
)
const MUTATING_FUNCTIONS = new Set(
  (
    "Object.assign Object.defineProperty Object.defineProperties Object.setPrototypeOf Object.freeze Object.seal Object.preventExtensions " +
    "Reflect.set Reflect.defineProperty Reflect.deleteProperty Reflect.setPrototypeOf Reflect.preventExtensions"
  ).split(" ")
)
/** `Array.prototype.push.call(list, …)` changes its first argument as `list.push(…)` does the list. */
const INDIRECT = new Set(["call", "apply"])

type Target = Expression | Super | Extract<AnyNode, { type: "ObjectPattern" | "ArrayPattern" | "RestElement" | "AssignmentPattern" | "SpreadElement" }>

/** The node at the root of `a.b().c`: a name, or what no name is at the root of. */
export const rootOf = (node: Target | undefined): AnyNode | undefined => {
  switch (node?.type) {
    case "MemberExpression":
      return rootOf(node.object)
    case "CallExpression":
      return rootOf(node.callee)
    case "ChainExpression":
    case "ParenthesizedExpression":
      return rootOf(node.expression)
    default:
      return node
  }
}
const rootName = (node: Target): string | undefined => {
  const root = rootOf(node)
  return root?.type === "Identifier" ? root.name : undefined
}

/** What a node writes to or changes, if it does. */
export const written = (node: AnyNode): Target | undefined => {
  if (node.type === "AssignmentExpression") return node.left
  if (node.type === "UpdateExpression") return node.argument
  if (node.type === "UnaryExpression") return node.operator === "delete" ? node.argument : undefined
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return undefined
  const { object } = node.callee
  const method = memberName(node.callee) ?? ""
  if (MUTATING_METHODS.has(method)) return object
  if (INDIRECT.has(method) && MUTATING_METHODS.has(memberName(object) ?? "")) return node.arguments[0]
  return MUTATING_FUNCTIONS.has(`${rootName(object)}.${method}`) ? node.arguments[0] : undefined
}

export const isFunction = (node: AnyNode): node is Extract<AnyNode, { type: "FunctionDeclaration" | "FunctionExpression" | "ArrowFunctionExpression" }> =>
  node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression"

/** Calls `see` for a node and all below it; with `atLoad`, only for those that are evaluated with it: not for bodies of functions and initialisers of instances' fields. */
export const visit = (node: AnyNode, atLoad: boolean, see: (node: AnyNode) => void): void => {
  if (atLoad && isFunction(node)) return
  see(node)
  for (const field in node) {
    if (atLoad && field === "value" && node.type === "PropertyDefinition" && !node.static) continue
    const value = (node as unknown as Record<string, unknown>)[field]
    for (const child of Array.isArray(value) ? value : [value]) if (typeof child?.type === "string") visit(child, atLoad, see)
  }
}

// The call by which esbuild fills a namespace object stands among that object's nodes, and belongs to it.
export const ownNodes = ({ nodes }: Declaration): ReadonlyArray<AnyNode> => nodes.filter(({ type }) => type !== "CallExpression")

const ofStudy = (name: string | undefined, top: TopLevel): boolean => {
  const bound = name === undefined ? undefined : top.bound.get(name)
  return bound !== undefined && !isPackage(bound)
}

/** Whether evaluating a declaration writes to another one, in so many words. */
export const writesAtLoad = (declaration: Declaration, top: TopLevel): boolean => {
  let found = false
  for (const node of ownNodes(declaration))
    visit(node, true, (each) => {
      const target = written(each)
      if (target === undefined) return
      const name = rootName(target)
      found ||= (ofStudy(name, top) && !declaration.names.includes(name!)) || target.type === "ObjectPattern" || target.type === "ArrayPattern"
    })
  return found
}

/** Whether evaluating a declaration calls a function of the study. Functions of packages and of the language count as pure. */
export const callsAtLoad = (declaration: Declaration, top: TopLevel): boolean => {
  let found = false
  for (const node of ownNodes(declaration))
    visit(node, true, (each) => {
      const callee =
        each.type === "CallExpression" || each.type === "NewExpression" ? each.callee : each.type === "TaggedTemplateExpression" ? each.tag : undefined
      if (callee === undefined) return
      const root = rootName(callee)
      // Without a name at its root, what is called is a function written there, or one that another call gave.
      found ||= root === undefined || ofStudy(root, top)
    })
  return found
}

/** Whether the code of a declaration, functions included, changes anything that may be more than a variable of its own. */
export const mayWrite = (declaration: Declaration, { uses }: CanonicalForm): boolean => {
  const free = new Set(uses.map(({ node }) => node as AnyNode))
  let found = false
  for (const node of ownNodes(declaration))
    visit(node, false, (each) => {
      const target = written(each)
      // Assigning to a local variable is nobody else's concern.
      if (target !== undefined) found ||= target.type !== "Identifier" || each.type === "CallExpression" || free.has(target)
    })
  return found
}
