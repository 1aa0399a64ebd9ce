import { getContext, setContext, type Snippet } from 'svelte';

const key = Symbol('pill');

/**
 * The sync pill is on every screen but known by none: the layout provides it as a snippet, `Sky` renders it as the
 * last item of its bar.
 */
export const providePill = (pill: Snippet) => setContext(key, pill);

/** The pill that the layout provided, or nothing outside of it. */
export const usePill = () => getContext<Snippet | undefined>(key);
