import { m } from '$lib/i18n/paraglide/messages.js';
import type { Destination } from '$lib/ui/navigation.ts';

/** Tasks that want the whole screen: no navigation there. */
const focused: ReadonlySet<string> = new Set([
  ...['/connexion', '/invitation', '/appel/[occurrence]', '/conversation/[occurrence]'],
  ...['/sortie/[occurrence]', '/signer/[occurrence]'],
]);

/** Whether the route with this id shows the bottom bar and the rail. */
export const hasNavigation = (routeId: string | null) => routeId !== null && !focused.has(routeId);

/** A thumb's bar has room for five: these are reached from the settings there. */
export const besideSettings: ReadonlySet<string> = new Set([
  ...['/synchro', '/jour', '/equipe', '/session', '/inscriptions', '/themes', '/bilan'],
]);

/** Pages that are come to from another one, and stand beside it in the address. */
const below: Readonly<Record<string, readonly string[]>> = { '/bilan': ['/exports', '/feuilles'] };

/** The first page is over no other. */
const isUnder = (path: string, page: string) =>
  page !== '/' && (path === page || path.startsWith(`${page}/`));

/**
 * Where one can go, by what the account may do; `path` says which one is open.
 * @param waiting how many things wait for the coordinator: alerts, and at the desk
 */
export function destinations(
  path: string,
  isCoordinator: boolean,
  waiting: { readonly alerts: number; readonly desk: number } = { alerts: 0, desk: 0 },
): Destination[] {
  const entry = (href: string, label: string, icon: Destination['icon'], badge = 0): Destination => ({
    href,
    label,
    icon,
    isCurrent: path === href || [href, ...(below[href] ?? [])].some((page) => isUnder(path, page)),
    ...(badge ? { badge } : {}),
  });
  const people = entry('/personnes', m.shell_people(), 'people');
  return [
    ...(isCoordinator ? [entry('/synchro', m.shell_desk(), 'sync', waiting.desk)] : []),
    entry('/', m.shell_today(), 'day'),
    ...(isCoordinator
      ? [
          entry('/jour', m.shell_day(), 'clock'),
          entry('/alertes', m.shell_alerts(), 'flag', waiting.alerts),
          entry('/planning', m.shell_planning(), 'grid'),
          people,
          entry('/inscriptions', m.shell_enrolment(), 'person-plus'),
          entry('/equipe', m.shell_team(), 'badge'),
          entry('/themes', m.shell_themes(), 'talk'),
          entry('/session', m.shell_term(), 'note'),
          entry('/bilan', m.shell_figures(), 'chart'),
        ]
      : [people]),
    entry('/reglages', m.shell_settings(), 'settings'),
  ];
}
