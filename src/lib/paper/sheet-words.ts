/** What sheets and the screen say alike: what is not settled, and which version it is. */
import type { Doubts } from '../domain/attendance-sheet.ts';
import { m } from '../i18n/paraglide/messages.js';

/** « 2 sans réponse, 1 à envoyer »; empty when nothing is in doubt. */
export const doubtWords = ({ open, unmarked, late, unsent }: Doubts): string =>
  [
    open > 0 && m.sheets_doubt_open({ count: open }),
    unmarked > 0 && m.sheets_doubt_unmarked({ count: unmarked }),
    late > 0 && m.sheets_doubt_late({ count: late }),
    unsent > 0 && m.sheets_doubt_unsent({ count: unsent }),
  ]
    .filter(Boolean)
    .join(', ');

export const versionWords = (version: number): string =>
  version > 0 ? m.sheets_version({ version }) : m.sheets_version_none();
