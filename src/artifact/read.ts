import type { StoredTable } from "./column.ts"

/** Opens a file of `writeArrow`; a column is decoded when its values are first asked for. The bytes may lie in a SharedArrayBuffer: columns without missing values are then views of it. */
export declare const readArrow: (bytes: Uint8Array) => StoredTable
