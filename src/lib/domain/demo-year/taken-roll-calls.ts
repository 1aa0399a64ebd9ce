/** Roll calls as they were taken: marks, the closing, what the host noted; and the list that was left unfinished. */
import { closeRollCall } from '../closing.ts';
import type { AnyDocument, Author, Debrief, Mark } from '../documents.ts';
import { debriefDocId, type AccountName, type DeviceId, type ParticipantId } from '../ids.ts';
import { answer, setReason } from '../roll-call.ts';
import { answersOf, countMarks, walkIn } from '../roster.ts';
import type { PlannedAnswer } from './course.ts';
import type { Meeting } from './meetings.ts';
import type { Random } from './random.ts';

/** The phone that an account takes its roll calls on. */
export type DeviceOf = (account: AccountName) => DeviceId;

const minuteMs = 60_000;
const instant = (ms: number) => new Date(ms).toISOString();

/** A mark as it was taken: on time at the start, when they came or when they left; now and then first as absent. */
function markOf(
  meeting: Meeting,
  participant: ParticipantId,
  said: PlannedAnswer,
  place: number,
  deviceOf: DeviceOf,
): Mark {
  const { occurrence, startsAt, endsAt, takenBy } = meeting;
  const by = (ms: number): Author => ({ at: instant(ms), by: takenBy, device: deviceOf(takenBy) });
  const where = { occurrence: occurrence.occurrence, participant };
  const tapped = startsAt + 2 * minuteMs + place * 4_000;
  const moment =
    said.status === 'late'
      ? startsAt + (said.minutes ?? 10) * minuteMs + place * 1_000
      : said.status === 'leftEarly'
        ? endsAt - (said.minutes ?? 20) * minuteMs
        : tapped;
  const wasThoughtAbsent = said.status === 'late' && place % 3 === 0 && moment > tapped;
  const first = wasThoughtAbsent ? answer(undefined, { ...where, status: 'absent' }, by(tapped)) : undefined;
  const mark = answer(first, { ...where, status: said.status }, by(moment));
  if (mark === undefined) throw new Error('a first answer always changes a mark');
  return said.reason === undefined ? mark : (setReason(mark, said.reason, by(moment + 9_000)) ?? mark);
}

/** All that a finished roll call left, or an unfinished one: then the last three people have no answer. */
export function rollCallOf(
  meeting: Meeting,
  list: ReadonlyMap<ParticipantId, PlannedAnswer>,
  isFinished: boolean,
  deviceOf: DeviceOf,
  random: Random,
): AnyDocument[] {
  const answered = isFinished ? [...list] : [...list].slice(0, Math.max(0, list.size - 3));
  const marks = answered.map(([participant, said], place) =>
    markOf(meeting, participant, said, place, deviceOf),
  );
  if (!isFinished) return marks;
  return [...marks, ...closingOf(meeting, marks, deviceOf), ...debriefOf(meeting, deviceOf, random)];
}

function closingOf(meeting: Meeting, marks: readonly Mark[], deviceOf: DeviceOf): AnyDocument[] {
  const { occurrence } = meeting.occurrence;
  const list = marks.map(({ participant }) => ({
    participant,
    card: undefined,
    because: 'enrolled' as const,
  }));
  const author = {
    at: instant(meeting.endsAt + 4 * minuteMs),
    by: meeting.takenBy,
    device: deviceOf(meeting.takenBy),
  };
  const facts = { occurrence, counts: countMarks(list, marks), counted: answersOf(marks) };
  return [closeRollCall(undefined, facts, author)].filter((closing) => closing !== undefined);
}

const debriefs: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'Les jeux de rôle à deux : tout le monde a parlé.',
    'Prévoir plus de temps pour la fin.',
    ['collègue', 'équipe'],
  ],
  [
    'Le plan de métro affiché au mur.',
    'Faire des groupes plus petits.',
    ['correspondance', 'quai', 'sortie'],
  ],
  ['Les photos du marché.', 'Apporter de vrais prix.', ['mûr', 'monnaie']],
  ['Le faux appel au téléphone.', 'Commencer par une phrase modèle.', ['créneau', 'épeler']],
];

/** What the host of a conversation noted: about the workshop, never about anyone. */
function debriefOf(meeting: Meeting, deviceOf: DeviceOf, random: Random): Debrief[] {
  if (meeting.plan.kind !== 'conversation') return [];
  const { occurrence, week } = meeting.occurrence;
  const [worked = '', nextTime = '', words = []] = debriefs[week % debriefs.length] ?? [];
  const account = meeting.takenBy;
  return [
    {
      _id: debriefDocId(occurrence, account),
      type: 'debrief',
      v: 1,
      at: instant(meeting.endsAt + 20 * minuteMs),
      by: account,
      device: deviceOf(account),
      occurrence,
      energy: random.between(3, 5),
      worked,
      nextTime,
      words: [...words],
      followUp: '',
    },
  ];
}

/** Someone came to a conversation without being enrolled, and nobody has validated it yet. */
export function newcomer(meetings: readonly Meeting[], deviceOf: DeviceOf, keys: Random): AnyDocument[] {
  const meeting = meetings.findLast(
    ({ plan, occurrence }) =>
      plan.kind === 'conversation' && occurrence.state === 'held' && occurrence.week <= 7,
  );
  if (meeting === undefined) return [];
  const author = {
    at: instant(meeting.startsAt + 11 * minuteMs),
    by: meeting.takenBy,
    device: deviceOf(meeting.takenBy),
  };
  const { card, mark } = walkIn(
    {
      participant: keys.key() as ParticipantId,
      occurrence: meeting.occurrence.occurrence,
      firstName: 'Sami',
      familyName: 'Al-Khatib',
      screenLanguage: 'ar',
    },
    author,
  );
  return [card, mark];
}
