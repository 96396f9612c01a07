/** A named column of a sample. */
export interface Variable {
  readonly name: string
  readonly values: Float64Array
}
