/** What a file may be called anywhere: the names of nodes, inputs and outputs may have any character. */
export const fileName = (text: string): string => text.replace(/[~%/\\:*?"<>|]/g, (character) => `~${character.charCodeAt(0).toString(16)}`)
