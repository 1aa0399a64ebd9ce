/** Why the server refused something, in plain words: its own are English, and meant for programs. */
import { m } from '$lib/i18n/paraglide/messages.js';
import { refusalInWords } from '$lib/i18n/refusal-words.ts';
import type { RefusedDocument } from '$lib/store/outbox.ts';

/** What the rules of the server say, by what they begin with. */
const known: readonly (readonly [RegExp, () => string])[] = [
  [/too large/i, m.sync_status_why_too_large],
  [/term is closed/i, m.desk_why_closed],
  [/another account/i, m.desk_why_other_account],
  [/device_revoked/i, m.desk_why_revoked],
  [/not known here|version `v`/i, m.desk_why_unknown_type],
  [/history only grows|history is too long|changes? .*only grow/i, m.desk_why_history],
  [/only coordinators|own person|author.s own|user.s own/i, m.desk_why_rights],
  [/history|does not go with|is no instant|is missing|does not change|attachments/i, m.desk_why_shape],
  [/internal_server_error/i, m.desk_why_server],
];

export const whyRefused = (refused: RefusedDocument): string =>
  known.find(([pattern]) => pattern.test(refused.reason))?.[1]() ?? refusalInWords(refused).why;
