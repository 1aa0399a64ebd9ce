/**
 * What must not be interrupted, such as a roll call: while something is busy the app never offers to reload itself
 * for a new version.
 */
let holders = 0;
let isBusy = $state(false);

export const busy = {
  get isBusy(): boolean {
    return isBusy;
  },
};

/** Holds the app as long as a component stands: `$effect(holdBusy)`. */
export function holdBusy(): () => void {
  let isHeld = true;
  holders += 1;
  isBusy = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    holders -= 1;
    isBusy = holders > 0;
  };
}
