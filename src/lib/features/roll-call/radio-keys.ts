/**
 * The keyboard in a group of radios whose answers are saved at once: arrows only move. In a plain radio group they
 * also choose, so that going from P to A would record R and E on the way, with their times, for ever in the history.
 * Space and Enter answer where the focus is; a click that is not wanted is taken back by the caller.
 */
const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * Handles arrows and Enter of a radio group; other keys are left to the caller.
 * @returns whether the key was handled
 */
export function moveOnArrows(event: KeyboardEvent): boolean {
  const group = event.currentTarget as HTMLElement;
  const focused = event.target;
  if (!(focused instanceof HTMLInputElement) || focused.type !== 'radio') return false;
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  if (event.key === 'Enter') {
    event.preventDefault();
    focused.click();
    return true;
  }
  const step = steps[event.key];
  if (step === undefined) return false;
  event.preventDefault();
  const radios = [...group.querySelectorAll<HTMLInputElement>('input[type="radio"]:not(:disabled)')];
  const isMirrored =
    getComputedStyle(group).direction === 'rtl' && event.key !== 'ArrowUp' && event.key !== 'ArrowDown';
  const next = radios.indexOf(focused) + (isMirrored ? -step : step);
  radios[(next + radios.length) % radios.length]?.focus();
  return true;
}
