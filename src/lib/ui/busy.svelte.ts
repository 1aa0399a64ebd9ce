/**
 * What must not be interrupted, such as a roll call: while something is busy the app never offers to reload itself
 * for a new version.
 */
let count = $state(0);

export const busy = {
  get isBusy() {
    return count > 0;
  },
};

/** Holds the app from `$effect(holdBusy)` until the component goes. */
export function holdBusy(): () => void {
  count += 1;
  let isHeld = true;
  return () => {
    if (isHeld) count -= 1;
    isHeld = false;
  };
}
