/** The icon set: one path each on a grid of 24, drawn with a stroke of 2.25. */

const circle = (cx: number, cy: number, r: number) =>
  `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
const box = (x: number, y: number, width: number, height: number, r: number) =>
  `M${x + r} ${y}h${width - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${height - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}` +
  `h${2 * r - width}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - height}a${r} ${r} 0 0 1 ${r} ${-r}`;

export const icons = {
  check: 'M4.5 12.8 9.6 18 19.5 6.5',
  clock: `${circle(12, 12, 8.5)}M12 7.2V12l3.3 2.4`,
  message:
    'M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H12l-4.6 4v-4h-.9A2.5 2.5 0 0 1 4 13.5ZM8.5 10h7',
  cross: 'M6 6l12 12M18 6 6 18',
  leave: 'M13 4.5H6.8A1.8 1.8 0 0 0 5 6.3v11.4a1.8 1.8 0 0 0 1.8 1.8H13M10.5 12H20M16.5 8.3 20.2 12l-3.7 3.7',
  dash: 'M6 12h12',
  chart: 'M3.5 20h17M6.5 20v-7M12 20V5M17.5 20v-10',
  back: 'M14.5 5 7.5 12l7 7',
  forward: 'm9.5 5 7 7-7 7',
  down: 'm5 9 7 7 7-7',
  'cloud-check':
    'M7 18.5a4.2 4.2 0 0 1-.6-8.4 5.8 5.8 0 0 1 11.2 1.2A3.7 3.7 0 0 1 17 18.5Zm2.3-4.9 2 2 3.6-4',
  'cloud-off':
    'M7 18.5a4.2 4.2 0 0 1-.6-8.4M9.6 6.3a5.8 5.8 0 0 1 8 5 3.7 3.7 0 0 1 2.3 5.2M15.5 18.5H7M4 3.5l16.5 17',
  send: 'M12 19V6M6.5 11.2 12 5.7l5.5 5.5',
  warning: 'M12 4 2.9 19.6h18.2ZM12 10v4.2M12 17v.1',
  info: `${circle(12, 12, 8.7)}M12 11v5M12 7.8v.1`,
  search: `${circle(10.8, 10.8, 6.3)}M15.6 15.6l4.9 4.9`,
  plus: 'M12 5v14M5 12h14',
  flag: 'M6 21V4M6 4.5h11.5l-2.5 4 2.5 4H6',
  note: 'M5 19.2V15.5L15.6 4.9a2.3 2.3 0 0 1 3.3 0l.2.2a2.3 2.3 0 0 1 0 3.3L8.5 19.2ZM13.5 7l3.5 3.5',
  people: `${circle(9, 8.2, 3.7)}M2.5 19.8c.4-3.8 3-6 6.5-6s6.1 2.2 6.5 6M15.5 4.9a3.7 3.7 0 0 1 0 6.6M18 14.5c2 .9 3.2 2.7 3.5 5.3`,
  'person-plus': `${circle(9.5, 8, 3.8)}M2.8 20c.3-4 3-6.3 6.7-6.3 2 0 3.7.7 4.9 1.9M18.5 13v7M15 16.5h7`,
  badge: `${box(5, 3.2, 14, 17.6, 2.3)}${circle(12, 10, 2.5)}M8.2 17c.4-2 1.9-3 3.8-3s3.4 1 3.8 3`,
  place: `M12 21s-6.8-6-6.8-11.2a6.8 6.8 0 0 1 13.6 0C18.8 15 12 21 12 21Z${circle(12, 9.8, 2.4)}`,
  day: `${box(3.8, 5, 16.4, 15.5, 2.5)}M3.8 10h16.4M8.2 2.8v4M15.8 2.8v4M8.8 15.2l2.2 2.2 4-4.2`,
  grid: `${box(3.8, 4.8, 16.4, 14.8, 2)}M3.8 9.8h16.4M9.3 9.8v9.8M14.8 9.8v9.8`,
  talk: 'M3.5 6.5A2.5 2.5 0 0 1 6 4h8.5A2.5 2.5 0 0 1 17 6.5v4a2.5 2.5 0 0 1-2.5 2.5H10l-3.8 3.2V13H6a2.5 2.5 0 0 1-2.5-2.5ZM20.5 9.5v5.8a2.2 2.2 0 0 1-2.2 2.2h-.3V20l-3-2.5h-3.5',
  settings: `M4 7h9M18 7h2M4 17h2M11 17h9${circle(15.5, 7, 2.5)}${circle(8.5, 17, 2.5)}`,
  expand: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  undo: 'M8.5 5 4 9.5 8.5 14M4.5 9.5H14a5.2 5.2 0 0 1 0 10.5h-3',
  phone: `${box(7, 2.8, 10, 18.4, 2.3)}M11 18h2`,
  laptop: `${box(4.5, 5, 15, 10.5, 1.8)}M2.5 19h19`,
  call: 'M8.2 3.8 5.5 4.5c-1 .3-1.6 1.3-1.5 2.3.7 6.9 6.3 12.5 13.2 13.2 1 .1 2-.5 2.3-1.5l.7-2.7-4.4-2.3-1.8 1.8a11.5 11.5 0 0 1-5.3-5.3l1.8-1.8Z',
  lock: `${box(5, 10.5, 14, 10, 2.5)}M8 10.5V8a4 4 0 0 1 8 0v2.5`,
  download: 'M12 4v11M7.5 10.8 12 15.3l4.5-4.5M4.5 19.5h15',
  bin: 'M4.5 6.5h15M9.5 6V4.3h5V6M6.5 6.5l.8 12.2a2 2 0 0 0 2 1.8h5.4a2 2 0 0 0 2-1.8l.8-12.2M10.3 10.5v6M13.7 10.5v6',
  language: `${circle(12, 12, 8.7)}M3.5 12h17M12 3.3c2.6 2.6 3.7 5.4 3.7 8.7s-1.1 6.1-3.7 8.7c-2.6-2.6-3.7-5.4-3.7-8.7S9.4 5.9 12 3.3Z`,
  scan: `${box(4.5, 3, 15, 18, 2.3)}M10 6h4${box(8.2, 9.2, 7.6, 7.6, 1)}M11 12h2v2h-2ZM9 19h6`,
  euro: 'M17.5 6.3a7 7 0 1 0 0 11.4M4 10.2h9M4 13.8h9',
  sync: 'M4.5 10a8 8 0 0 1 14-3l1.5 1.7M20 4v4.7h-4.7M19.5 14a8 8 0 0 1-14 3L4 15.3M4 20v-4.7h4.7',
} as const;

export type IconName = keyof typeof icons;

/** Icons that point along the line of reading: mirrored where it runs from right to left. */
export const directional: ReadonlySet<IconName> = new Set(['back', 'forward', 'leave', 'undo']);
