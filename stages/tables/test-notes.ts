/** Notes that tests want told, each once, after the names of the tests that it is about: "LM (lag), LM (error): …". */
export const testNotes = (told: ReadonlyArray<{ readonly label: string; readonly note: string }>): ReadonlyArray<string> => {
  const labels = new Map<string, Set<string>>()
  for (const { label, note } of told) if (note !== "") labels.set(note, (labels.get(note) ?? new Set()).add(label))
  return [...labels].map(([note, names]) => `${[...names].join(", ")}: ${note}`)
}
