export const artifactQuestions = {}
