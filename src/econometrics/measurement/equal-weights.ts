/** Equal weights 1/m of m >= 1 indicators: the weighting that says nothing of the indicators (OECD/JRC Handbook 2008, section 6). */
export const equalWeights = (indicators: number): ReadonlyArray<number> => Array.from({ length: indicators }, () => 1 / indicators)
