/** A light vibration when an answer is kept: on unless it was turned off on this device. */
const key = 'presence.vibration';
const durationMs = 10;

function remembered(): boolean {
  try {
    return localStorage.getItem(key) !== 'off';
  } catch {
    return true;
  }
}

let isOn = $state(remembered());

export const vibration = {
  get isOn(): boolean {
    return isOn;
  },
};

/** Turns the vibration on or off, and remembers it on this device. */
export function chooseVibration(next: boolean): void {
  isOn = next;
  try {
    if (next) localStorage.removeItem(key);
    else localStorage.setItem(key, 'off');
  } catch {
    // Storage is refused: the choice lasts until the page closes.
  }
}

/**
 * One short pulse, where the phone can and its owner wants it.
 * @param pattern pulses and pauses in turn, in milliseconds
 */
export function vibrate(pattern: number | number[] = durationMs): void {
  if (isOn && 'vibrate' in navigator) navigator.vibrate(pattern);
}
