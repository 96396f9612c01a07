/** A number with all of its digits, as `sediment show --json` has it, but for the minus sign. */
export const exact = (value: number): string => String(value).replaceAll("-", "\u2212")
