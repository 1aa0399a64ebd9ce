/**
 * What lies on top of a page has an entry of its own in the history, so that Back closes it. Only the router may
 * write the history, so this stands here and is handed to the design system as its `BackStack`.
 */
import { beforeNavigate, goto, pushState } from '$app/navigation';
import { page } from '$app/state';
import type { BackStack } from '$lib/ui/back-stack.ts';

/** Call while the root layout is built; `follow` is for an `$effect` that reads `page.state`. */
export function createHistoryStack(): BackStack & { follow: () => void } {
  /** What is open, undermost first. */
  const open: (() => void)[] = [];
  /** Entries whose layer was closed by hand and that are still to be stepped back over. */
  let stale = 0;
  const depth = () => page.state.layers ?? 0;

  // Leaving from a sheet steps back over the sheet's entry first: Back from the next page finds the page below it.
  // (Replacing the entry would not do: the router takes both for one page, and Back would show nothing new.)
  beforeNavigate((navigation) => {
    const isLink = navigation.type === 'link' || navigation.type === 'goto';
    const steps = open.length + stale;
    if (!isLink || !navigation.to || navigation.willUnload || steps === 0) return;
    const { url } = navigation.to;
    open.length = 0;
    stale = 0;
    navigation.cancel();
    addEventListener('popstate', () => setTimeout(() => void goto(url)), { once: true });
    history.go(-steps);
  });

  return {
    push(close) {
      open.push(close);
      pushState('', { ...page.state, layers: depth() + 1 });
      return () => {
        const index = open.indexOf(close);
        if (index < 0) return;
        open.splice(index, 1);
        stale += 1;
        // A moment later, so that a page asked for at the same time takes the entry's place instead.
        setTimeout(() => {
          if (stale === 0) return;
          const steps = stale;
          stale = 0;
          history.go(-steps);
        });
      };
    },
    follow() {
      const wanted = depth();
      while (open.length > wanted) open.pop()?.();
    },
  };
}
