/** The attestation de présence of one person, on A4. */
import type { Certificate } from '../domain/attendance-certificate.ts';
import type { WorkshopKind } from '../domain/documents.ts';
import { participantDocId } from '../domain/ids.ts';
import { duration, fullDate } from '../i18n/dates.ts';
import { number } from '../i18n/numbers.ts';
import { m } from '../i18n/paraglide/messages.js';
import { ink, room, words, type Block, type Paper, type Row } from './pages.ts';

const { width } = room.portrait;
const column = { term: 110, meetings: 90, time: 80 };
const workshop = width - column.term - column.meetings - column.time - 4 * 6.6;

const kinds: Record<WorkshopKind, () => string> = {
  socioprofessional: m.term_kind_socioprofessional,
  language: m.term_kind_language,
  digital: m.term_kind_digital,
  conversation: m.term_kind_conversation,
  practical: m.term_kind_practical,
  cultural: m.term_kind_cultural,
};

type Titles = readonly [term: string, workshop: string, meetings: string, time: string];

function row(texts: Titles, bold = false): Row {
  const widths = [column.term, workshop, column.meetings, column.time];
  const cells = texts.map((text, at) => words(text, widths[at] ?? 0, { size: 10, bold }));
  return {
    cells: cells.map(({ content }) => content),
    height: Math.max(...cells.map(({ height }) => height)),
  };
}

function stacked(blocks: readonly Block[], gap: number): Block {
  return {
    content: {
      stack: blocks.map(({ content }) => ({ stack: [content], margin: [0, gap, 0, 0] })),
    },
    height: blocks.reduce((sum, { height }) => sum + height + gap, 0),
  };
}

/** @param made local date @param code of the whole content */
export function certificatePaper(certificate: Certificate, made: string, code: string): Paper {
  const { organisation, name, from, to, rows, unmarked } = certificate;
  const kind = m.sheets_paper_certificate();
  const head = stacked(
    [
      words(organisation, width, { size: 10, color: ink.soft }),
      words(kind, width, { size: 20, bold: true, color: ink.night }),
      words(m.sheets_paper_certify({ organisation }), width, { size: 11 }),
      words(name || m.sheets_paper_unknown(), width, { size: 16, bold: true }),
      words(m.sheets_paper_period({ from: fullDate(from), to: fullDate(to) }), width, { size: 11 }),
      ...(rows.length ? [] : [words(m.sheets_paper_no_hours(), width, { size: 11, bold: true })]),
    ],
    10,
  );
  const notes = [
    m.sheets_paper_counted({ to: fullDate(to) }),
    ...(unmarked > 0 ? [m.sheets_paper_unmarked_note({ count: unmarked })] : []),
    m.sheets_paper_proof(),
  ];
  const tail = stacked(
    [
      ...notes.map((text) => words(text, width, { size: 9, color: ink.soft })),
      words(m.sheets_paper_made({ date: fullDate(made) }), width, { size: 10.5 }),
      words(m.sheets_paper_seal(), width, { size: 10.5, bold: true }),
    ],
    8,
  );
  const all = [
    ...rows.map(({ term, kind: of, meetings, minutes }) =>
      row([term, kinds[of](), number(meetings), duration(minutes)]),
    ),
    row([m.sheets_paper_total(), '', number(certificate.meetings), duration(certificate.minutes)], true),
  ];
  const titles: Titles = [
    m.sheets_term(),
    m.sheets_paper_workshop(),
    m.sheets_paper_attended(),
    m.sheets_paper_duration(),
  ];
  return {
    // Without the name: titles of files are seen by more people than the page.
    title: `${kind} · ${m.sheets_paper_period({ from: fullDate(from), to: fullDate(to) })}`,
    orientation: 'portrait',
    head,
    sections: rows.length
      ? [
          {
            widths: [column.term, workshop, column.meetings, column.time],
            head: row(titles, true),
            rows: all,
          },
        ]
      : [],
    tail,
    about: participantDocId(certificate.participant),
    version: 1,
    code,
  };
}
