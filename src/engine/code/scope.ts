import type { AnyNode, BlockStatement, ForInStatement, ForOfStatement, Function as FunctionNode, Pattern, Statement } from "acorn"

/** The names that a pattern binds, in order. */
export const boundNames = (pattern: Pattern): ReadonlyArray<string> => {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name]
    case "ObjectPattern":
      return pattern.properties.flatMap((property) => boundNames(property.type === "RestElement" ? property.argument : property.value))
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => (element === null ? [] : boundNames(element)))
    case "AssignmentPattern":
      return boundNames(pattern.left)
    case "RestElement":
      return boundNames(pattern.argument)
    case "MemberExpression":
      return []
  }
}

/** Whether a parameter list evaluates expressions (defaults, computed keys): the body's `var`s then live in a scope of their own. */
export const hasParameterExpressions = (params: ReadonlyArray<Pattern>): boolean =>
  params.some(function evaluates(pattern: Pattern): boolean {
    switch (pattern.type) {
      case "AssignmentPattern":
        return true
      case "RestElement":
        return evaluates(pattern.argument)
      case "ArrayPattern":
        return pattern.elements.some((element) => element !== null && evaluates(element))
      case "ObjectPattern":
        return pattern.properties.some((property) =>
          property.type === "RestElement" ? evaluates(property.argument) : property.computed || evaluates(property.value)
        )
      default:
        return false
    }
  })

/** Names that statements declare in their own block: let, const, using, class, and function, which modules scope to the block. */
export const lexicalNames = (statements: ReadonlyArray<AnyNode>): ReadonlyArray<string> =>
  statements.flatMap((statement) => {
    if (statement.type === "VariableDeclaration") return statement.kind === "var" ? [] : statement.declarations.flatMap(({ id }) => boundNames(id))
    if (statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration") return statement.id === null ? [] : [statement.id.name]
    return []
  })

/** Names of the `var`s that a statement hoists to its function: nested blocks count, nested functions do not. */
export const hoistedNames = (statement: AnyNode | null | undefined): ReadonlyArray<string> => {
  if (statement === null || statement === undefined) return []
  switch (statement.type) {
    case "VariableDeclaration":
      return statement.kind === "var" ? statement.declarations.flatMap(({ id }) => boundNames(id)) : []
    case "BlockStatement":
      return statement.body.flatMap(hoistedNames)
    case "IfStatement":
      return [...hoistedNames(statement.consequent), ...hoistedNames(statement.alternate)]
    case "ForStatement":
      return [...hoistedNames(statement.init), ...hoistedNames(statement.body)]
    case "ForInStatement":
    case "ForOfStatement":
      return [...hoistedNames(statement.left), ...hoistedNames(statement.body)]
    case "WhileStatement":
    case "DoWhileStatement":
    case "LabeledStatement":
    case "WithStatement":
      return hoistedNames(statement.body)
    case "TryStatement":
      return [statement.block, statement.handler?.body, statement.finalizer].flatMap(hoistedNames)
    case "SwitchStatement":
      return statement.cases.flatMap((clause) => clause.consequent.flatMap(hoistedNames))
    default:
      return []
  }
}

/** All names of a function's or static block's body that are visible throughout it. */
export const bodyNames = (body: ReadonlyArray<Statement>): ReadonlyArray<string> => [...body.flatMap(hoistedNames), ...lexicalNames(body)]

/** Names that a loop's head declares for each turn. */
export const loopNames = (head: ForInStatement["left"] | ForOfStatement["left"] | AnyNode | null | undefined): ReadonlyArray<string> =>
  head === null || head === undefined ? [] : lexicalNames([head])

/** The statements of a function's body; none for an arrow function's expression. */
export const bodyStatements = (node: FunctionNode): ReadonlyArray<Statement> => (node.body.type === "BlockStatement" ? (node.body as BlockStatement).body : [])
