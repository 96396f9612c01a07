/** Edits have a number and a colour each, wherever they are told. */
const COLOURS = 6

export const EditMark = ({ edit }: { readonly edit: number }) => <span class={`time-edit-mark time-edit-${(edit % COLOURS) + 1}`}>{edit + 1}</span>

/** The colour of what rests on one edit; of several, none of theirs. */
export const editColour = (edits: ReadonlyArray<number>): string => (edits.length === 1 ? `var(--series-${(edits[0]! % COLOURS) + 1})` : "var(--ink-soft)")
