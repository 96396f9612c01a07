export const resultsQuestions = {}
