import { getContext, setContext } from 'svelte';

/** What on a page holds work that is not saved yet. */
export interface LeaveGate {
  /**
   * Whether going there would lose something; nowhere, where the app itself is left. On the way back the browser stands
   * at the new address already: `from` is the page that asks.
   */
  mustAsk(to: URL | undefined, from: URL | undefined): boolean;
  /** Asks; whoever wants to go all the same calls `leave`. */
  ask(leave: () => void): void;
}

/** Leaving a page asks first. The layout provides it, because only the router knows that a page is being left. */
export interface LeaveGates {
  /** @returns takes the gate away */
  guard(gate: LeaveGate): () => void;
}

const key = Symbol('leave-gates');

export const provideLeaveGates = (gates: LeaveGates) => setContext(key, gates);
export const useLeaveGates = () => getContext<LeaveGates | undefined>(key);
