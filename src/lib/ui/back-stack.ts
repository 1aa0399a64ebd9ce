import { getContext, setContext } from 'svelte';

/**
 * The Back button closes what lies on top of the page. The layout provides it, because only the router may write
 * the history.
 */
export interface BackStack {
  /**
   * Adds an entry to the history; Back calls `close`. The function returned takes the entry away again, and does
   * nothing once Back was pressed.
   */
  push(close: () => void): () => void;
}

const key = Symbol('back-stack');

export const provideBackStack = (stack: BackStack) => setContext(key, stack);
export const useBackStack = () => getContext<BackStack | undefined>(key);
