/** What has a page of its own, for the facts and for who comes: outings, crafts, whatever happens once. */
import type { Group, WorkshopType } from './documents.ts';

/** Whether a group's meetings are outings: cultural ones, those that happen once, those with sign-ups. */
export const isOuting = (
  group: Pick<Group, 'isOneOff' | 'isSignUpOpen'>,
  workshopType: Pick<WorkshopType, 'kind'> | undefined,
): boolean => group.isOneOff === true || group.isSignUpOpen === true || workshopType?.kind === 'cultural';
