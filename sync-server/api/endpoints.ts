/** The coordinator's service, beside the protocol: every endpoint of it. */
import type { Endpoint } from '../http/endpoint.ts';
import { calendar, calendarFile, calendars } from './calendars.ts';
import { accept, invitations, withdrawal } from './invitations.ts';
import { forgotten, ownDevice } from './own-device.ts';
import { sites, term, terms } from './sites.ts';
import { account, accountList, deviceOfAccount, termOfAccount } from './team.ts';

export const apiEndpoints: readonly Endpoint[] = [
  sites,
  terms,
  term,
  invitations,
  withdrawal,
  accept,
  accountList,
  account,
  deviceOfAccount,
  termOfAccount,
  ownDevice,
  forgotten,
  calendars,
  calendar,
  calendarFile,
];
