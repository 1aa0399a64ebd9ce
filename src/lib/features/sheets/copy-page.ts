/**
 * What copying a page from paper writes: answers as anybody gives them, and signatures that say on which page they are.
 * All of a page in one transaction.
 */
import { reopenRollCall, closeRollCall } from '$lib/domain/closing.ts';
import type {
  AnyDocument,
  Author,
  Closing,
  Mark,
  MarkStatus,
  Occurrence,
  Signature,
} from '$lib/domain/documents.ts';
import { closingDocId, markDocId, signatureDocId, type ParticipantId } from '$lib/domain/ids.ts';
import { answer } from '$lib/domain/roll-call.ts';
import { answersOf } from '$lib/domain/roster.ts';
import { hoursOf } from '$lib/domain/schedule.ts';
import { sign, stands, toSignFor } from '$lib/domain/signatures.ts';
import type { Edit } from '$lib/store/commit.ts';
import type { CopiedList } from './copied-list.ts';

/** One line as it was read off the paper. */
export interface CopiedLine {
  readonly participant: ParticipantId;
  /** `null`: nothing was noted for them, and nothing is changed. */
  readonly status: MarkStatus | null;
  readonly hasSigned: boolean;
}

/** What was read off the paper so far, with one more line; without it, where it says what is written already. */
export function withLine(
  draft: ReadonlyMap<ParticipantId, CopiedLine>,
  line: CopiedLine,
  written: CopiedLine,
): ReadonlyMap<ParticipantId, CopiedLine> {
  const lines = new Map(draft);
  if (line.status === written.status && line.hasSigned === written.hasSigned) lines.delete(line.participant);
  else lines.set(line.participant, line);
  return lines;
}

/** What the paper is: stands in the signatures. */
export type CopiedPage = NonNullable<Signature['onPaper']>;

const asMark = (document: AnyDocument | undefined): Mark | undefined =>
  document?.type === 'mark' ? document : undefined;
const asSignature = (document: AnyDocument | undefined): Signature | undefined =>
  document?.type === 'signature' ? document : undefined;

/**
 * The edits of a page. A list that was closed is opened and closed again where an answer changed: a version
 * « rectifié », by whoever copies.
 */
export function copyEdits(
  { occurrence, lines, isOpenRoster }: Pick<CopiedList, 'occurrence' | 'lines' | 'isOpenRoster'>,
  copied: readonly CopiedLine[],
  page: CopiedPage,
  { author, timeZone }: { readonly author: Author; readonly timeZone: string },
): Edit[] {
  const { occurrence: id } = occurrence;
  const copiedOf = new Map(copied.map((line) => [line.participant, line]));
  const marks = new Map<ParticipantId, Mark>();
  let hasChanged = false;
  const people = [...new Set([...lines, ...copied].map(({ participant }) => participant))];

  const answers = people.map((participant): Edit => ({
    id: markDocId(id, participant),
    change(current) {
      const before = asMark(current);
      const { status = null } = copiedOf.get(participant) ?? {};
      // A moment is written by hand or not at all: copying takes place later.
      const hours = hoursOf(occurrence, timeZone);
      const facts = status && { occurrence: id, participant, status, hours };
      const next = facts ? answer(before, facts, author) : undefined;
      const mark = next ?? before;
      if (mark) marks.set(participant, mark);
      hasChanged ||= next !== undefined;
      return next;
    },
  }));
  const signatures = copied.map(({ participant, hasSigned }): Edit => ({
    id: signatureDocId(id, participant),
    change: (current) =>
      copiedSignature(asSignature(current), hasSigned, {
        ...{ occurrence, participant, page, author, timeZone },
        mark: marks.get(participant),
      }),
  }));
  const closing: Edit = {
    id: closingDocId(id),
    change: (current) =>
      hasChanged && current?.type === 'closing'
        ? closedAgain(current, isOpenRoster ? [...marks.keys()] : people, marks, author)
        : undefined,
  };
  return [...answers, ...signatures, closing];
}

function copiedSignature(
  before: Signature | undefined,
  hasSigned: boolean,
  {
    occurrence,
    participant,
    page,
    mark,
    author,
    timeZone,
  }: {
    readonly occurrence: Occurrence;
    readonly participant: ParticipantId;
    readonly page: CopiedPage;
    readonly mark: Mark | undefined;
    readonly author: Author;
    readonly timeZone: string;
  },
): AnyDocument | undefined {
  const signedFor = toSignFor(mark, occurrence, timeZone);
  if (hasSigned && signedFor) {
    if (before && !before.refused && stands(before, mark, occurrence, timeZone)) return undefined;
    const place = { occurrence: occurrence.occurrence, participant };
    return sign(before, place, { onPaper: page }, signedFor, author);
  }
  // Ticked by mistake: what was copied from paper goes, never what somebody signed on glass.
  return before?.onPaper && !hasSigned ? { ...before, ...author, _deleted: true } : undefined;
}

function closedAgain(
  closing: Closing,
  people: readonly ParticipantId[],
  marks: ReadonlyMap<ParticipantId, Mark>,
  author: Author,
): Closing | undefined {
  const reopened = reopenRollCall(closing, author);
  const counts = { present: 0, late: 0, leftEarly: 0, excused: 0, absent: 0, unmarked: 0 };
  for (const participant of people) counts[marks.get(participant)?.status ?? 'unmarked'] += 1;
  const facts = { occurrence: closing.occurrence, counts, counted: answersOf(marks.values()) };
  return reopened && closeRollCall(reopened, facts, author);
}
