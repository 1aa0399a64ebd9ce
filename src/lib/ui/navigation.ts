import type { IconName } from './icons.ts';

/** One destination of the bottom bar and of the rail. */
export interface Destination {
  href: string;
  label: string;
  icon: IconName;
  isCurrent: boolean;
  /** A count to settle, on the rail. */
  badge?: number;
}
