/** How a value looks besides its word: colour and shape, which never say it alone. */
export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'calm';

const TONES: Record<Tone, string[]> = {
  good: [
    'Completed',
    'Done',
    'Accepted',
    'Accept',
    'Within',
    'Available',
    'Settled',
    'Covered',
    'Promoted',
    'UseAsIs',
    'Good',
    'Finished',
  ],
  bad: ['Rejected', 'Reject', 'Out', 'Failed', 'Breakdown', 'Scrap', 'Block', 'Held', 'Scrapped'],
  warn: ['OnHold', 'Warning', 'Open', 'PartlyAccepted', 'Partial', 'Warn', 'Active', 'Quarantine', 'SetAside', 'Nonconforming'],
  busy: ['Released', 'Started', 'Running', 'Run', 'Setup', 'UnderWay'],
  calm: [],
};
const toneByValue = new Map(Object.entries(TONES).flatMap(([tone, values]) => values.map(value => [value, tone as Tone])));

export const toneOf = (value: string): Tone => toneByValue.get(value) ?? 'calm';
