/** In bytes: two thousand people are a hundredth of it. */
export const largestFile = 10_000_000;
/** The account of an import names everyone it made, within the bounds of a document. */
export const mostRows = 3000;
