import { m } from '$lib/i18n/paraglide/messages.js';
import type { WorkshopKind, WorkshopType } from '$lib/domain/documents.ts';
import { workshopKinds } from '$lib/domain/documents/commons.ts';

const words = {
  socioprofessional: m.term_kind_socioprofessional,
  language: m.term_kind_language,
  digital: m.term_kind_digital,
  conversation: m.term_kind_conversation,
  practical: m.term_kind_practical,
  cultural: m.term_kind_cultural,
} as const satisfies Record<WorkshopKind, () => string>;

export const kindWord = (kind: WorkshopKind) => words[kind]();

/** Workshop types in the order of the programme, those no longer offered last. */
export const inProgrammeOrder = (types: readonly WorkshopType[]): WorkshopType[] =>
  [...types].sort(
    (a, b) =>
      Number(a.isArchived ?? false) - Number(b.isArchived ?? false) ||
      workshopKinds.indexOf(a.kind) - workshopKinds.indexOf(b.kind) ||
      a.label.localeCompare(b.label, 'fr'),
  );
