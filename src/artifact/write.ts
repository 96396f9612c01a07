import type { StoredTable } from "./column.ts"

/** The canonical Arrow IPC file of a table: same content, same bytes. */
export declare const writeArrow: (table: StoredTable) => Uint8Array<ArrayBuffer>
