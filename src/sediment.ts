/** What a study and its stages import. */
export type { ColumnSpec, Data, Kind } from "./artifact/column.ts"
export { category, flag, integer, nullable, number, text } from "./artifact/column.ts"
export type { AnyTable, Column, Out, TableType, Tracked } from "./artifact/table-type.ts"
export { openTable, table } from "./artifact/table-type.ts"
export type { Output, Source } from "./dag/dag.ts"
export { Dag } from "./dag/dag.ts"
export type { Fault, InputValue, Json, SourceFile, Where } from "./dag/stage.ts"
export { File, many, Stage, StageFailure } from "./dag/stage.ts"
