/** A page that holds unsaved work is left only when its gate says so; handed to the design system as `LeaveGates`. */
import { afterNavigate, beforeNavigate, goto } from '$app/navigation';
import type { LeaveGate, LeaveGates } from '$lib/ui/leave-gate.ts';

/** Call while the root layout is built. */
export function createLeaveGates(): LeaveGates {
  const gates = new Set<LeaveGate>();
  /** Where somebody goes all the same, until they are there: more than one step of the history may lie between. */
  let chosen: string | undefined;

  beforeNavigate((navigation) => {
    const { to, from } = navigation;
    if (to && to.url.href === chosen) return;
    const gate = [...gates].find((one) => one.mustAsk(to?.url, from?.url));
    if (!gate) return;
    navigation.cancel();
    // The browser asks in its own words.
    if (navigation.willUnload || !to) return;
    const leave = () => {
      chosen = to.url.href;
      if (navigation.type !== 'popstate') return void goto(to.url);
      // Back is gone on with once the history has left behind the entry of what asked.
      const { delta } = navigation;
      addEventListener('popstate', () => setTimeout(() => history.go(delta)), { once: true });
    };
    // Once the history stands where it stood: what asks adds an entry of its own.
    setTimeout(() => gate.ask(leave), 80);
  });
  afterNavigate(() => (chosen = undefined));

  return {
    guard(gate) {
      gates.add(gate);
      return () => void gates.delete(gate);
    },
  };
}
