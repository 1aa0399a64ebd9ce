/** Groups named in a file, matched to those of the term. */
import type { Group, WorkshopType } from '../documents.ts';
import type { GroupId } from '../ids.ts';
import { nameKey } from './names-of-codes.ts';

/** What a coordinator chose for a name that is no group's: a group, or none. By {@link nameKey}. */
export type GroupChoices = Readonly<Record<string, GroupId | 'none'>>;

/** The group of each name: its label, alone or with its workshop's. A label that two groups bear names neither. */
export function groupsByName(
  groups: readonly Group[],
  workshopTypes: readonly Pick<WorkshopType, 'workshopType' | 'label'>[],
): Map<string, GroupId> {
  const typeLabels = new Map(workshopTypes.map(({ workshopType, label }) => [workshopType, label]));
  const found = new Map<string, GroupId | undefined>();
  for (const { group, label, workshopType } of groups) {
    const type = typeLabels.get(workshopType) ?? '';
    const names = new Set([
      nameKey(label),
      nameKey(`${type} ${label}`),
      nameKey(`${label} ${type}`),
      nameKey(`groupe ${label}`),
    ]);
    for (const name of names) found.set(name, found.has(name) ? undefined : group);
  }
  return new Map([...found].flatMap(([name, group]) => (group ? [[name, group] as const] : [])));
}
