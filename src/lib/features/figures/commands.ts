/** Sentences that are held against what is counted: typed, corrected, taken off the list, and all of it taken back. */
import type { Author } from '$lib/domain/documents.ts';
import { opaqueKey, statementDocId, type StatementId } from '$lib/domain/ids.ts';
import {
  statementDocument,
  withdrawn,
  type StatementFacts,
} from '$lib/domain/indicators/statement-documents.ts';
import type { Store } from '$lib/store/store.ts';
import { writeInTurn, type Written } from '$lib/store/taken-back.ts';

const newKey = () => opaqueKey(crypto.getRandomValues(new Uint8Array(14))) as StatementId;

/** @param statement the one that is corrected; none for a new one */
export function saveStatement(
  registry: Store,
  statement: StatementId | undefined,
  facts: StatementFacts,
  author: Author,
): Promise<Written> {
  const id = statement ?? newKey();
  return writeInTurn(
    [
      {
        store: registry,
        edits: [
          {
            id: statementDocId(id),
            change: (current) =>
              statementDocument(id, facts, current?.type === 'statement' ? current : undefined, author),
          },
        ],
      },
    ],
    author,
  );
}

export const withdrawStatement = (
  registry: Store,
  statement: StatementId,
  author: Author,
): Promise<Written> =>
  writeInTurn(
    [
      {
        store: registry,
        edits: [
          {
            id: statementDocId(statement),
            change: (current) => (current?.type === 'statement' ? withdrawn(current, author) : undefined),
          },
        ],
      },
    ],
    author,
  );
