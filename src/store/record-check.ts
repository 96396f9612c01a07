import { type LogRecord, textOf } from "./segment-log.ts"

/** Whether the text of a whole record is one that can be read: the last of its lines is JSON, whatever its type. */
export const isReadable = (record: LogRecord): boolean => {
  const text = textOf(record)
  try {
    JSON.parse(text.slice(text.lastIndexOf("\n") + 1))
    return true
  } catch {
    return false
  }
}
