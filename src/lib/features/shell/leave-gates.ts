/** A page that holds unsaved work is left only when its gate says so; handed to the design system as `LeaveGates`. */
import { beforeNavigate, goto } from '$app/navigation';
import type { LeaveGate, LeaveGates } from '$lib/ui/leave-gate.ts';

/** Call while the root layout is built. */
export function createLeaveGates(): LeaveGates {
  const gates = new Set<LeaveGate>();
  let isLetThrough = false;

  beforeNavigate((navigation) => {
    const to = navigation.to?.url;
    const gate = [...gates].find((one) => one.mustAsk(to));
    if (!gate || isLetThrough) return;
    navigation.cancel();
    // The browser asks in its own words.
    if (navigation.willUnload || !to) return;
    const leave = async () => {
      isLetThrough = true;
      await goto(to);
      isLetThrough = false;
    };
    // Once the history stands where it stood: what asks adds an entry of its own.
    setTimeout(() => gate.ask(() => void leave()), 80);
  });

  return {
    guard(gate) {
      gates.add(gate);
      return () => void gates.delete(gate);
    },
  };
}
