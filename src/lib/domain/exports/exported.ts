/** The note of a file that left a device: it is written before the file is handed over, and names nobody. */
import type { Author, Exported } from '../documents.ts';
import { exportedDocId } from '../ids.ts';
import type { Scope } from '../indicators/scope.ts';

export interface ExportedFacts {
  readonly what: Exported['what'];
  readonly format: Exported['format'];
  /** None: everything that is held. */
  readonly scope?: Scope;
  readonly isPseudonymised: boolean;
  /** Rows, documents or sheets in the file. */
  readonly rows: number;
  /** Of the file, hexadecimal. */
  readonly sha256: string;
}

/** @param name a fresh opaque key */
export function exportedNote(
  name: string,
  { scope, what, format, isPseudonymised, rows, sha256 }: ExportedFacts,
  author: Author,
): Exported {
  const part =
    scope === undefined
      ? {}
      : scope.kind === 'terms'
        ? { terms: [...scope.terms] }
        : { from: scope.from, to: scope.to };
  return {
    ...{ _id: exportedDocId(name), type: 'exported', v: 1, ...author },
    ...{ what, format, ...part, isPseudonymised, rows, sha256 },
  };
}
