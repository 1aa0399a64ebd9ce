/** What the coordinator's list says of a person. */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { IconName } from '$lib/ui/icons.ts';
import type { Flag } from './people-rows.ts';

/** The filter that keeps those with this sign. */
export const flagFilter = (flag: Flag): string =>
  ({
    toCall: m.people_filter_to_call,
    provisional: m.people_filter_provisional,
    noGroup: m.people_filter_no_group,
    noConsent: m.people_filter_no_consent,
    noGender: m.people_filter_no_gender,
  })[flag]();

/** The sign in a row. */
export const flagWord = (flag: Flag): string =>
  ({
    toCall: m.people_flag_to_call,
    provisional: m.people_flag_provisional,
    noGroup: m.people_flag_no_group,
    noConsent: m.people_flag_no_consent,
    noGender: m.people_flag_no_gender,
  })[flag]();

export const flagIcon: Record<Flag, IconName> = {
  toCall: 'call',
  provisional: 'person-plus',
  noGroup: 'grid',
  noConsent: 'note',
  noGender: 'info',
};
