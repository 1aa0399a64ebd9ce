import type { Occurrence, Shift, Volunteer } from '$lib/domain/documents.ts';
import { hour, titleDate } from '$lib/i18n/dates.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { number } from '$lib/i18n/numbers.ts';

export const kinds = ['volunteer', 'civicService', 'staff'] as const;

export const kindWord = (kind: Volunteer['kind']): string =>
  ({
    volunteer: m.team_kind_volunteer,
    civicService: m.team_kind_civicService,
    staff: m.team_kind_staff,
  })[kind]();

export const kindsWord = (kind: Volunteer['kind']): string =>
  ({
    volunteer: m.team_kinds_volunteer,
    civicService: m.team_kinds_civicService,
    staff: m.team_kinds_staff,
  })[kind]();

export const roleWord = (role: Shift['role']): string =>
  role === 'lead' ? m.team_lead_role() : m.team_co_role();

export const whenWord = ({ date, start }: Occurrence): string => `${titleDate(date)}, ${hour(start)}`;

/** « 12,5 h » from minutes. */
export const hoursWord = (minutes: number): string => `${number(minutes / 60, 1)}\u202Fh`;
