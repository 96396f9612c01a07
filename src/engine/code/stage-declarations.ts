import type { AnyNode } from "acorn"
import type { CanonicalForm, Use } from "./canonical-form.ts"
import { type Declaration, isPackage, type TopLevel } from "./declarations.ts"
import { FRAMEWORK_PACKAGE } from "./package-folder.ts"
import type { SourcePosition } from "./source-positions.ts"
import type { CodeFault } from "./study-bundle.ts"

export interface StageDeclaration {
  readonly name: string
  /** The variable that holds it in the bundle. */
  readonly binding: string
  readonly declaration: Declaration
}

/** The property's name in `a.b` and `a["b"]`. */
export const memberName = (node: AnyNode | undefined): string | undefined => {
  if (node?.type !== "MemberExpression") return undefined
  if (!node.computed && node.property.type === "Identifier") return node.property.name
  return node.property.type === "Literal" && typeof node.property.value === "string" ? node.property.value : undefined
}

/** The nodes around a use of the framework's `Stage`, nearest first, if it is one. */
const aroundStage = (use: Use, top: TopLevel): ReadonlyArray<AnyNode> | undefined => {
  const bound = top.bound.get(use.name)
  if (bound === undefined || !isPackage(bound) || bound.specifier !== FRAMEWORK_PACKAGE) return undefined
  if (bound.imported === "Stage") return use.around
  if (bound.imported !== "*") return undefined
  const member = memberName(use.around[0])
  if (member === "Stage") return use.around.slice(1)
  // The namespace handed on as a value hides what is done with `Stage`.
  return member === undefined ? [] : undefined
}

/** `file:line:column` as far as it is known. */
const placeText = ({ file, line, column }: SourcePosition): string => (line === undefined ? file : `${file}:${line}:${column}`)

/** A fault at a place of the bundle. */
export const faultAt = (code: string, position: SourcePosition, message: string): CodeFault => ({
  code,
  message: `${placeText(position)}: ${message}`,
  where: { file: position.file, ...(position.line === undefined ? {} : { line: position.line, column: position.column! }) }
})

/** The functions of `Stage` that declare one. */
export const DECLARES: ReadonlySet<string | undefined> = new Set(["make", "command"])

/** Finds every `const x = Stage.make("name", …)` (or `Stage.command`) at the top level, and tells of each other use of it. */
export const stageDeclarations = (
  top: TopLevel,
  forms: ReadonlyMap<Declaration, CanonicalForm>,
  at: (offset: number) => SourcePosition
): { readonly stages: ReadonlyArray<StageDeclaration>; readonly faults: ReadonlyArray<CodeFault> } => {
  const faults: Array<CodeFault> = []
  const found: Array<StageDeclaration & { readonly position: SourcePosition }> = []
  for (const [declaration, { uses }] of forms) {
    for (const use of uses) {
      const around = aroundStage(use, top)
      if (around === undefined) continue
      const [member, call] = around
      const name = memberName(member)
      if (name !== undefined && !DECLARES.has(name)) continue
      const position = at(use.node.start)
      const node = declaration.nodes.find((it) => it.type === "VariableDeclarator" && it.init === call)
      if (
        name === undefined ||
        call?.type !== "CallExpression" ||
        call.callee !== member ||
        node?.type !== "VariableDeclarator" ||
        node.id.type !== "Identifier"
      ) {
        faults.push(
          faultAt(
            "stage-not-top-level",
            position,
            'a stage is declared at the top level of a module: `export const x = Stage.make("x", {…})`; its code is found there'
          )
        )
        continue
      }
      const [title] = call.arguments
      if (title?.type !== "Literal" || typeof title.value !== "string") {
        faults.push(faultAt("stage-name", position, `the name of the stage "${at(node.id.start).name ?? node.id.name}" must be a string literal`))
        continue
      }
      found.push({ name: title.value, binding: node.id.name, declaration, position })
    }
  }
  const byName = Map.groupBy(found, ({ name }) => name)
  for (const [name, [first, ...others]] of byName)
    for (const other of others)
      faults.push(
        faultAt(
          "stage-duplicate",
          other.position,
          `a stage named "${name}" is declared at ${placeText(first!.position)} already; names of stages are unique in a study`
        )
      )
  return { stages: [...byName.values()].map(([first]) => first!), faults }
}
