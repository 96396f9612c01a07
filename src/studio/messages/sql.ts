export const sqlQuestions = {}
