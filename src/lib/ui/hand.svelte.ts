/** Which hand holds the phone: the columns of a roll call stand at its thumb. */
export type Hand = 'right' | 'left';

const key = 'presence.hand';

function remembered(): Hand {
  try {
    return localStorage.getItem(key) === 'left' ? 'left' : 'right';
  } catch {
    return 'right';
  }
}

let chosen = $state<Hand>(remembered());

export const hand = {
  get current(): Hand {
    return chosen;
  },
};

/** Remembered on this device. */
export function chooseHand(next: Hand): void {
  chosen = next;
  try {
    if (next === 'right') localStorage.removeItem(key);
    else localStorage.setItem(key, next);
  } catch {
    // Storage is refused: the choice lasts until the page closes.
  }
}
