/** Every definition, by its key; the words of each stand in the messages (`indicators`), under the same key. */
import type { Definition } from './definition.ts';
import { meetingDefinitions } from './definitions-of-meetings.ts';
import { peopleDefinitions } from './definitions-of-people.ts';

export const definitions: readonly Definition[] = [...peopleDefinitions, ...meetingDefinitions];

/** @throws on a key that no definition has: keys are written in code alone */
export function definitionOf(key: string): Definition {
  const found = definitions.find((definition) => definition.key === key);
  if (!found) throw new Error(`no definition is named ${key}`);
  return found;
}
