export const timeQuestions = {}
