/** What belongs to nodes, in the order in which the study returns these: as its author would show it. What the study does not return comes after, as it came. */
export const inResultOrder = <A>(targets: ReadonlyArray<string>, all: ReadonlyArray<A>, nodeOf: (one: A) => string): ReadonlyArray<A> => {
  const place = new Map(targets.map((name, i) => [name, i]))
  const placeOf = (one: A) => place.get(nodeOf(one)) ?? targets.length
  return [...all].sort((a, b) => placeOf(a) - placeOf(b))
}
