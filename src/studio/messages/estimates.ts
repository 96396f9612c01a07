export const estimatesQuestions = {}
