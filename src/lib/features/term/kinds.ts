import { m } from '$lib/i18n/paraglide/messages.js';
import type { WorkshopKind } from '$lib/domain/documents.ts';

const words = {
  socioprofessional: m.term_kind_socioprofessional,
  language: m.term_kind_language,
  digital: m.term_kind_digital,
  conversation: m.term_kind_conversation,
  practical: m.term_kind_practical,
  cultural: m.term_kind_cultural,
} as const satisfies Record<WorkshopKind, () => string>;

export const kindWord = (kind: WorkshopKind) => words[kind]();
