export const whatIfQuestions = {}
