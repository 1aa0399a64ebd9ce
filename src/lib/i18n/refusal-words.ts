/** Why the server refused a document, in plain words. Its own words are English and meant for programs. */
import { m } from './paraglide/messages.js';

export function refusalInWords({ id, status }: { readonly id: string; readonly status: number }): {
  what: string;
  why: string;
} {
  return { what: whatIs(id.split(':')[0] ?? ''), why: whyOf(status) };
}

function whatIs(type: string): string {
  switch (type) {
    case 'mark':
      return m.sync_status_one_mark();
    case 'closing':
      return m.sync_status_one_closing();
    case 'rosterCard':
      return m.sync_status_one_person();
    default:
      return m.sync_status_one_other();
  }
}

function whyOf(status: number): string {
  switch (status) {
    case 401:
      return m.sync_status_why_account();
    case 403:
      return m.sync_status_why_forbidden();
    case 413:
      return m.sync_status_why_too_large();
    default:
      return m.sync_status_why_other();
  }
}
