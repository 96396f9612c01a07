import type { AnyNode, Expression, Super } from "acorn"
import { type Declaration, isPackage, type TopLevel } from "./declarations.ts"

// Standard methods that change what they are called on, and functions that change their first argument.
const MUTATING_METHODS = new Set("push pop shift unshift splice sort reverse fill copyWithin set add delete clear".split(" "))
const MUTATING_FUNCTIONS = new Set(
  "Object.assign Object.defineProperty Object.defineProperties Object.setPrototypeOf Reflect.set Reflect.defineProperty Reflect.deleteProperty Reflect.setPrototypeOf".split(
    " "
  )
)

/** What evaluating a declaration does while the module loads, beside giving it a value. */
export interface LoadEffects {
  /** Assigns to, or changes by a standard method, something other than itself. */
  readonly writes: boolean
  /** Calls a function of the study, which might. */
  readonly callsStudy: boolean
}

/** The name at the root of `a.b().c`, if there is one. */
const rootName = (node: Expression | Super): string | undefined => {
  switch (node.type) {
    case "Identifier":
      return node.name
    case "MemberExpression":
      return rootName(node.object)
    case "CallExpression":
      return rootName(node.callee)
    case "ChainExpression":
      return rootName(node.expression)
    default:
      return undefined
  }
}
const staticName = (node: AnyNode | undefined): string | undefined =>
  node?.type === "MemberExpression" && !node.computed && node.property.type === "Identifier" ? node.property.name : undefined

/** Looks at the code that runs at load: initialisers and static parts of classes, not bodies of functions. Functions of packages and of the language count as pure. */
export const loadEffects = (declaration: Declaration, top: TopLevel): LoadEffects => {
  let writes = false
  let callsStudy = false
  const ofStudy = (name: string | undefined): boolean => {
    const bound = name === undefined ? undefined : top.bound.get(name)
    return bound !== undefined && !isPackage(bound)
  }
  const isOther = (node: Expression | Super): boolean => {
    const name = rootName(node)
    return ofStudy(name) && !declaration.names.includes(name!)
  }
  const visitCall = (callee: Expression | Super, args: ReadonlyArray<AnyNode>) => {
    const root = rootName(callee)
    if (root === undefined || ofStudy(root)) callsStudy = true
    const method = staticName(callee)
    if (method === undefined || callee.type !== "MemberExpression") return
    if (MUTATING_METHODS.has(method) && isOther(callee.object)) writes = true
    const [target] = args
    if (MUTATING_FUNCTIONS.has(`${root}.${method}`) && target?.type !== "SpreadElement" && target !== undefined && isOther(target as Expression)) writes = true
  }
  const visit = (node: AnyNode): void => {
    switch (node.type) {
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        return
      case "PropertyDefinition":
        if (node.computed) visit(node.key)
        if (node.static && node.value) visit(node.value)
        return
      case "AssignmentExpression":
        writes ||= node.left.type === "MemberExpression" || node.left.type === "Identifier" ? isOther(node.left) : true
        break
      case "UpdateExpression":
        writes ||= isOther(node.argument)
        break
      case "UnaryExpression":
        writes ||= node.operator === "delete" && isOther(node.argument)
        break
      case "CallExpression":
      case "NewExpression":
        visitCall(node.callee, node.arguments)
        break
      case "TaggedTemplateExpression":
        visitCall(node.tag, [])
        break
      default:
    }
    for (const value of Object.values(node) as ReadonlyArray<unknown>)
      for (const child of Array.isArray(value) ? value : [value]) if (typeof child?.type === "string") visit(child)
  }
  for (const node of declaration.nodes) if (!(node.type === "CallExpression" && isNamespaceFill(node))) visit(node)
  return { writes, callsStudy }
}

/** `__export(namespace, {…})`, which esbuild writes beside a namespace object. */
const isNamespaceFill = (node: Extract<AnyNode, { type: "CallExpression" }>): boolean => node.callee.type === "Identifier" && node.callee.name === "__export"
