/** When a page asks for a round: it is seen again, the network is back, time has passed. */

export interface Triggers {
  /** The page is in front of somebody again, or the network is back. */
  readonly onWake: () => void;
  /** Nobody looks: nothing is to stay open. */
  readonly onRest: () => void;
  readonly onOffline: () => void;
  /** Every 30 s, seen or not. */
  readonly onBeat: () => void;
}

const rhythmMs = 30_000;

/** Listens to the page, where there is one. Answers how to stop. */
export function listenToPage(isVisible: () => boolean, triggers: Triggers): () => void {
  const stops: (() => void)[] = [];
  const on = (target: EventTarget | undefined, event: string, react: () => void) => {
    target?.addEventListener(event, react);
    stops.push(() => target?.removeEventListener(event, react));
  };
  on(globalThis.window, 'online', () => isVisible() && triggers.onWake());
  on(globalThis.window, 'offline', triggers.onOffline);
  on(globalThis.document, 'visibilitychange', () => (isVisible() ? triggers.onWake() : triggers.onRest()));
  const rhythm = setInterval(triggers.onBeat, rhythmMs);
  stops.push(() => clearInterval(rhythm));
  return () => {
    for (const stop of stops) stop();
  };
}
