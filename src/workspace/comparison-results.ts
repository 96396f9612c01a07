/** Whether a node is one that compareNodes places for what a comparison comes to; those that it rests on are called otherwise. */
export const isComparisonResult = ({ name }: { readonly name: string }): boolean => name.startsWith("comparison-")
