export const graphQuestions = {}
