import { sparseTimesDense } from "../../../linalg/sparse-product.ts"
import type { WeightsMatrix } from "./weights-matrix.ts"

/**
 * (W (x) I_T) x, the spatial lag of every period, of a column of a balanced panel that stands entity by entity: the value of entity i in period t at i T + t,
 * entities in the order of the weights. It is W times the N x T matrix that the column is. A cross-section is a panel of one period.
 */
export const spatialLag = ({ matrix }: WeightsMatrix, x: Float64Array): Float64Array => sparseTimesDense(matrix, x, x.length / matrix.rows)
