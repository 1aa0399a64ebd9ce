/** Why somebody left a group, in words: for coordinators alone, it may tell of health. */
import type { ExitReason } from '../domain/documents.ts';
import { m } from './paraglide/messages.js';

export const exitReasonWord = (reason: ExitReason): string =>
  ({
    health: m.enrolment_reason_health,
    otherEngagement: m.enrolment_reason_otherEngagement,
    transport: m.enrolment_reason_transport,
    job: m.enrolment_reason_job,
    otherAssociation: m.enrolment_reason_otherAssociation,
    moved: m.enrolment_reason_moved,
    unknown: m.enrolment_reason_unknown,
  })[reason]();
