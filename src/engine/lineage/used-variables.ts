/** Which variables, and of how many years before, a derived variable is made of: read from the parameters of the node. */

export interface Used {
  readonly column: string
  readonly lag: number
}

const inExpression = (expression: unknown, lag: number): ReadonlyArray<Used> => {
  if (typeof expression === "string") return [{ column: expression, lag }]
  if (typeof expression !== "object" || expression === null) return []
  const [operation, operand] = Object.entries(expression)[0] ?? []
  if (operation === "lag" && Array.isArray(operand)) return inExpression(operand[0], lag + Number(operand[1]))
  if (operation === "scale" && Array.isArray(operand)) return inExpression(operand[0], lag)
  if (operation === "deflate" && typeof operand === "object" && operand !== null) {
    const { index, value } = operand as { readonly index?: unknown; readonly value?: unknown }
    return [...inExpression(value, lag), ...inExpression(index, lag)]
  }
  return (Array.isArray(operand) ? operand : [operand]).flatMap((part) => inExpression(part, lag))
}

/** The variables of the expression that parameters have for a column (`variables` or `indicators`: [{ name, expr }]), each once; undefined where they have none. */
export const usedVariables = (params: string, column: string): ReadonlyArray<Used> | undefined => {
  const { indicators, variables } = JSON.parse(params) as { readonly indicators?: unknown; readonly variables?: unknown }
  const list: ReadonlyArray<unknown> = [variables, indicators].flatMap((one) => (Array.isArray(one) ? one : []))
  const own = list.find(
    (one): one is { readonly expr: unknown } => typeof one === "object" && one !== null && "name" in one && one.name === column && "expr" in one
  )
  if (own === undefined) return undefined
  const used = inExpression(own.expr, 0)
  return used.filter((one, i) => used.findIndex(({ column: name, lag }) => name === one.column && lag === one.lag) === i)
}

/** The indicators of a dimension, where a node's parameters or its weights tell them apart: those of the table of weights whose dimension is the column. */
export const isDimensionOf = (dimensions: ReadonlyArray<string>, indicators: ReadonlyArray<string>, column: string): ReadonlyArray<string> | undefined =>
  dimensions.includes(column) ? indicators.filter((_, i) => dimensions[i] === column) : undefined
