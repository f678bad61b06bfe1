import { describe, expect, it } from 'vitest';
import type { DispatchCard } from '../api';
import { sendable, withEntries, type Entry } from './entries';

const READ_AT = Date.parse('2026-12-01T08:00:00Z');
const at = (minutes: number) => new Date(READ_AT + minutes * 60_000).toISOString();
const card: DispatchCard = {
  ...{
    operationId: 'op',
    orderId: 'id',
    order: 'WO-1',
    product: 'P',
    picture: null,
    isSerialized: false,
    operation: 'turn',
    sequence: 10,
    quantity: 100,
    good: 20,
    available: 100,
  },
  ...{ open: 80, unit: 'pcs', status: 'Waiting', isRush: false, dueAt: null, plannedStartAt: null, plannedEndAt: null },
  ...{ isReady: true, waitsFor: [], work: [], instructionRevision: null, assignedTo: null, assignedName: null, alternatives: [] },
};
const entry = (verb: Entry['verb'], minutes: number, more: Partial<Entry> = {}): Entry => ({
  ...{ id: `${verb} ${minutes}`, seq: minutes, verb, state: 'waiting', operator: 'O', lane: 'op', path: '', tries: 0 },
  body: {},
  at: at(minutes),
  ...more,
  about: { operationId: 'op', equipment: 'M1', ...more.about },
});
const shown = (...entries: Entry[]) => withEntries([card], entries, READ_AT, code => `Name of ${code}`)[0]!;
/** Worked seconds at a minute, as the card counts them. */
const worked = (work: DispatchCard['work'][number] | undefined, minute: number) =>
  work && work.seconds + (work.state === 'Running' ? minute * 60 : 0);

describe('A card', () => {
  const start = entry('start', 10, { id: 'w', body: { activity: 'Run' } });
  const pause = entry('pause', 20, { workId: 'w' });
  const resume = entry('resume', 30, { workId: 'w' });
  const pieces = { good: 5, scrap: 1, nonconforming: 0, unit: 'pcs' };

  it('shows work that has only just been begun, and its time', () => {
    const [work] = shown(start).work;
    expect(work).toMatchObject({ workId: 'w', name: 'Name of O', state: 'Running', equipment: 'M1' });
    expect(worked(work, 15)).toBe(300);
  });

  it('does not count a pause', () => {
    expect(worked(shown(start, pause).work[0], 25)).toBe(600);
    expect(worked(shown(start, pause, resume).work[0], 40)).toBe(1200);
  });

  it('counts pieces, and no longer where they are taken back', () => {
    const report = entry('report', 15, { workId: 'w', about: { pieces } });
    expect(shown(start, report)).toMatchObject({ good: 25, open: 74 });
    expect(shown(start, report, entry('undo', 16, { about: { pieces } }))).toMatchObject({ good: 20, open: 80 });
    expect(shown(start, { ...report, body: { finishesWork: true } }).work).toEqual([]);
  });

  it('is as the server has it once that has been read after the answer', () => {
    expect(shown({ ...start, state: 'sent', sentAt: READ_AT - 1 }).work).toEqual([]);
    expect(shown({ ...start, state: 'sent', sentAt: READ_AT + 1 }).work).toHaveLength(1);
    expect(shown({ ...start, state: 'refused' }).work).toEqual([]);
  });

  it('shows the run where the setup was', () => {
    const setup = entry('start', 5, { id: 's', body: { activity: 'Setup' } });
    expect(shown(setup, start).work.map(work => [work.workId, work.activity])).toEqual([['w', 'Run']]);
  });
});

describe('A check', () => {
  const measured = entry('measure', 1, { lane: 'check i', workId: 'i' });
  const judged = entry('judge', 2, { lane: 'check i', workId: 'i' });
  const report = entry('report', 3);
  const sent = (...entries: Entry[]) => sendable(entries, new Set(), new Set()).map(one => one.verb);

  it('is judged once its measurements have arrived, and keeps no report waiting', () => {
    expect(sent(measured, judged, report)).toEqual(['measure', 'report']);
    expect(sent({ ...measured, state: 'sent' }, judged, report)).toEqual(['judge', 'report']);
  });

  it('changes nothing that the card counts', () => expect(shown(measured, judged)).toEqual(card));
});
