import type { Fault } from "../dag/stage.ts"

/** A fault of a file: `PATH: MESSAGE`, with where it lies. */
export const faultOf = (path: string, code: string, message: string, where: Omit<NonNullable<Fault["where"]>, "file"> = {}): Fault => ({
  code,
  message: `${path}: ${message}`,
  where: { file: path, ...where }
})
