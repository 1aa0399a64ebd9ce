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
    const names = new Set(
      [
        label,
        `${type} ${label}`,
        `${label} ${type}`,
        `groupe ${label}`,
        label.replace(/\bgroupe?\b/gi, ' '),
      ].map(nameKey),
    );
    for (const name of names) found.set(name, found.has(name) ? undefined : group);
  }
  return new Map([...found].flatMap(([name, group]) => (group ? [[name, group] as const] : [])));
}

/** A name that a file gives to a group, and the group; none where the term has no such group. */
export interface NamedGroup {
  readonly key: string;
  readonly name: string;
  readonly group?: GroupId | 'none';
}

/** Names that one line may hold several of; a comma may be part of a name. */
const between = /\s*[;/|+&•]\s*|\s+(?:et|and)\s+/i;

/**
 * The groups that a line names: the whole of it where that is a group, else its parts. What is no group's name stays
 * in one piece, for somebody to say what it means.
 */
export function groupsNamed(
  line: string,
  byName: ReadonlyMap<string, GroupId>,
  choices: GroupChoices,
): NamedGroup[] {
  const find = (name: string): NamedGroup => {
    const key = nameKey(name);
    const group = choices[key] ?? byName.get(key);
    return group === undefined ? { key, name } : { key, name, group };
  };
  const whole = find(line);
  if (whole.group !== undefined) return [whole];
  const parts = line.split(between).filter((part) => part.trim() !== '');
  const named = parts.flatMap((part) => betweenCommas(part, find));
  return named.some(({ group }) => group !== undefined) ? named : [whole];
}

/** The longest runs between commas that are groups; all of it as it stands where none is. */
function betweenCommas(text: string, find: (name: string) => NamedGroup): NamedGroup[] {
  const pieces = text.split(',').map((piece) => piece.trim());
  const named: NamedGroup[] = [];
  for (let from = 0; from < pieces.length;) {
    let to = pieces.length;
    while (to > from + 1 && find(pieces.slice(from, to).join(', ')).group === undefined) to -= 1;
    named.push(find(pieces.slice(from, to).join(', ')));
    from = to;
  }
  return named.some(({ group }) => group !== undefined) ? named : [find(text)];
}
