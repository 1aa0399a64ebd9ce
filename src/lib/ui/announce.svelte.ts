/** The one polite live region of the page: what a screen reader says after an action. */
let spoken = $state('');

/**
 * Says `message` once the screen reader is free. The same sentence twice in a row is said twice: an invisible
 * character makes it new.
 */
export function announce(message: string): void {
  spoken = message === spoken ? `${message}\u200B` : message;
}

/** What the region holds; read by `LiveRegion` alone. */
export const announcement = {
  get current() {
    return spoken;
  },
};
