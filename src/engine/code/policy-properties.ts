import type { AnyNode } from "acorn"
import { POLICIES } from "../../dag/stage-policies.ts"
import { type Declaration, isPackage, type TopLevel } from "./declarations.ts"
import { FRAMEWORK_PACKAGE } from "./package-folder.ts"
import { DECLARES, memberName } from "./stage-declarations.ts"

const isImported = (node: AnyNode, imported: string, { bound }: TopLevel): boolean => {
  const found = node.type === "Identifier" ? bound.get(node.name) : undefined
  return found !== undefined && isPackage(found) && found.specifier === FRAMEWORK_PACKAGE && found.imported === imported
}
const isStage = (node: AnyNode, top: TopLevel): boolean =>
  isImported(node, "Stage", top) || (node.type === "MemberExpression" && memberName(node) === "Stage" && isImported(node.object, "*", top))

const isPolicy = (node: AnyNode): boolean => {
  if (node.type !== "Property" || node.computed || node.kind !== "init") return false
  return POLICIES.has(node.key.type === "Identifier" ? node.key.name : node.key.type === "Literal" ? String(node.key.value) : "")
}

/** The properties by which `const x = Stage.make("x", {…})`, or `Stage.command`, says how the stage is run (retry, timeout, concurrency, optional), for each declaration that has some. */
export const policyProperties = (top: TopLevel): ReadonlyMap<Declaration, ReadonlySet<AnyNode>> => {
  const found = new Map<Declaration, ReadonlySet<AnyNode>>()
  for (const declaration of top.declarations)
    for (const node of declaration.nodes) {
      if (node.type !== "VariableDeclarator" || node.init?.type !== "CallExpression") continue
      const { arguments: given, callee } = node.init
      const [, definition] = given
      if (callee.type !== "MemberExpression" || !DECLARES.has(memberName(callee)) || !isStage(callee.object, top) || definition?.type !== "ObjectExpression")
        continue
      const policies = definition.properties.filter(isPolicy)
      if (policies.length > 0) found.set(declaration, new Set(policies))
    }
  return found
}
