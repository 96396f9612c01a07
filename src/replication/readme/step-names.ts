/** Names of nodes in a sentence: of one name with more than two keys, the name and how many. */
export const stepNames = (names: ReadonlyArray<string>): string =>
  [...Map.groupBy(names, (name) => name.replace(/\[.*\]$/, ""))]
    .map(([base, all]) => (all.length > 2 ? `\`${base}[…]\` (${all.length})` : all.map((name) => `\`${name}\``).join(", ")))
    .join(", ")
