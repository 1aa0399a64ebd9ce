/** When to try again after a failure. */

const firstMs = 2_000;
const longestMs = 5 * 60_000;

/**
 * Milliseconds to wait after the `failures`-th failure in a row: doubled each time, up to five minutes, spread by half
 * so that five hundred phones do not come back in the same second.
 * @param random from 0 to 1
 */
export const waitAfter = (failures: number, random: number) =>
  Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1)) * (0.75 + random / 2);
