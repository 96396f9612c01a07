export const runsQuestions = {}
