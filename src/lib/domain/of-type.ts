import type { AnyDocument, DocumentOf, DocumentType } from './documents.ts';

/** Those of one type, in their order. */
export const ofType = <Type extends DocumentType>(
  documents: Iterable<AnyDocument>,
  type: Type,
): DocumentOf<Type>[] =>
  [...documents].filter((document): document is AnyDocument & DocumentOf<Type> => document.type === type);
