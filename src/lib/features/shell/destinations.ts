import { m } from '$lib/i18n/paraglide/messages.js';
import type { Destination } from '$lib/ui/navigation.ts';

/** Tasks that want the whole screen: no navigation there. */
const focused: ReadonlySet<string> = new Set(['/connexion', '/invitation', '/appel/[occurrence]']);

/** Whether the route with this id shows the bottom bar and the rail. */
export const hasNavigation = (routeId: string | null) => routeId !== null && !focused.has(routeId);

/** A thumb's bar has room for five: these are reached from the settings there. */
export const besideSettings: ReadonlySet<string> = new Set(['/acces']);

/** Where one can go, by what the account may do; `path` says which one is open. */
export function destinations(path: string, isCoordinator: boolean): Destination[] {
  const entry = (href: string, label: string, icon: Destination['icon']): Destination => ({
    href,
    label,
    icon,
    isCurrent: href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`),
  });
  return [
    entry('/', m.shell_today(), 'day'),
    ...(isCoordinator
      ? [entry('/jour', m.shell_day(), 'clock'), entry('/planning', m.shell_planning(), 'grid')]
      : []),
    entry('/personnes', m.shell_people(), 'people'),
    ...(isCoordinator ? [entry('/acces', m.shell_access(), 'phone')] : []),
    entry('/reglages', m.shell_settings(), 'settings'),
  ];
}
