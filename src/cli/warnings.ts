import type { Fault } from "../dag/stage.ts"

/** What nodes warn of, each message once with the names of the nodes that gave it. */
export const warningsOf = (
  nodes: ReadonlyArray<{ readonly name: string; readonly warnings: ReadonlyArray<Fault> }>
): ReadonlyMap<string, ReadonlyArray<string>> => {
  const byMessage = new Map<string, Array<string>>()
  for (const { name, warnings } of nodes) for (const { message } of warnings) byMessage.set(message, [...(byMessage.get(message) ?? []), name])
  return byMessage
}
