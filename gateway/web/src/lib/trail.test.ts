import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import api from './api/generated/api.json';
import { switchLanguage } from './text';
import { changesOf, deedOf, labelOf, partsOf, pathNameOf, valueText, type MemberChange, type RecordChange } from './trail';
import { EVENTS, RECORDS, TRAIL_NAMES, VERBS } from './words/actions';
import { NAMES } from './words/names';

const ROOT = '../..';
const filesUnder = (folder: string, name: RegExp) =>
  readdirSync(`${ROOT}/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter(path => name.test(path) && !/(^|\/)(obj|bin)\//.test(path))
    .map(path => readFileSync(`${ROOT}/${folder}/${path}`, 'utf8'));

/** The tables of the databases that are audited, each with its members. */
const tables = ['services', 'gateway/Identity']
  .flatMap(folder => filesUnder(folder, /DbModelSnapshot\.cs$/))
  .flatMap(text => [...text.matchAll(/modelBuilder\.Entity\("[^"]+", b =>(.*?)\n {16}\}\);/gs)].map(match => match[1]!))
  .map(body => ({
    table: /ToTable\("([^"]+)"/.exec(body)?.[1] ?? '',
    members: [...body.matchAll(/\.(?:Property|PrimitiveCollection)<.*>\("(\w+)"\)/g)].map(
      match => match[1]![0]!.toLowerCase() + match[1]!.slice(1),
    ),
  }))
  .filter(({ table }) => table && !['audit', 'audit_unchained', 'outbox'].includes(table));

const one = (change: object): RecordChange => changesOf(JSON.stringify([change]))![0]!;
const told = (change: RecordChange, members: MemberChange[] = change.members) =>
  members.map(
    ({ path, before, after }) => `${pathNameOf(path)}: ${valueText(before, change, path)} -> ${valueText(after, change, path)}`,
  );

describe('The words of the trail', () => {
  it('has one for every verb of the API', () => {
    const verbs = Object.entries(api.operations as Record<string, { id: string }>).filter(([key]) => !key.startsWith('get '));
    expect(verbs.length).toBeGreaterThan(80);
    expect(verbs.filter(([, { id }]) => !(id in VERBS)).map(([key, { id }]) => `${id}: ${key}`)).toEqual([]);
    for (const [key] of verbs) {
      const [method, path] = key.split(' ') as [string, string];
      expect(deedOf(`${method.toUpperCase()} ${path}`)[1], key).not.toContain('/api/');
    }
  });

  it('has one for every event', () => {
    const events = filesUnder('shared/Contracts', /\.cs$/).flatMap(text =>
      [...text.matchAll(/\[(?:Fact|State)\b[^\]]*\]\s*public sealed record (\w+)/g)].map(match => match[1]!),
    );
    expect(events.length).toBeGreaterThan(15);
    expect(events.filter(event => !(event in EVENTS))).toEqual([]);
  });

  it('has one for every table and every member of a database', () => {
    expect(tables.length).toBeGreaterThan(40);
    const byStatement = ['services', 'gateway/Identity']
      .flatMap(folder => filesUnder(folder, /\.cs$/))
      .flatMap(text => [...text.matchAll(/db\.Audit\("(\w+)"/g)].map(match => match[1]!));
    expect([...tables.map(({ table }) => table), ...byStatement].filter(table => !(table in RECORDS))).toEqual([]);
    const members = [...new Set(tables.flatMap(({ members: all }) => all))];
    expect(members.length).toBeGreaterThan(150);
    expect(members.filter(member => !(member in NAMES) && !(member in TRAIL_NAMES))).toEqual([]);
  });

  it('is complete in both languages', () => {
    for (const words of [VERBS, EVENTS, RECORDS, TRAIL_NAMES])
      for (const [word, [zh, en]] of Object.entries(words)) {
        expect(zh, word).toMatch(/[\u4e00-\u9fff]|PIN/);
        expect(en, word).toMatch(/^[\x20-\x7e’]+$/);
      }
  });
});

describe('An entry', () => {
  it('says what was done whatever the service adds to the route', () => {
    expect(deedOf('POST /api/work-orders/orders/{id:guid}/hold')).toBe(VERBS.holdOrder);
    expect(deedOf('POST /api/work-orders/operations/{id:guid}/reports for operator P-1')).toBe(VERBS.reportProduction);
    expect(partsOf('POST /api/work-orders/sign-ons for operator P-1').actingFor).toBe('P-1');
    expect(deedOf('WorkOrderChanged')).toBe(EVENTS.WorkOrderChanged);
    expect(deedOf('something else')).toEqual(['something else', 'something else']);
  });

  it('tells old and new by their kinds', () => {
    switchLanguage('en');
    const change = one({
      table: 'work_order',
      key: '01980000-0000-7000-8000-000000000000',
      old: { Status: 'Released', StatusReason: null, Quantity: 10.5, Version: 1 },
      new: { Status: 'OnHold', StatusReason: 'no steel', Quantity: 12000, Version: 2 },
    });
    expect(change.kind).toBe('changed');
    expect(told(change)).toEqual([
      'Status: Released -> On hold',
      'Reason of the status: – -> no steel',
      'Quantity: 10.5 -> 12,000',
    ]);
    expect(told(change, change.technical)).toEqual(['Version: 1 -> 2']);
    expect(labelOf(change)).toBe('');
    expect(labelOf(change, [['work_order', '01980000-0000-7000-8000-000000000000', 'WO-1']])).toBe('WO-1');
  });

  it('follows lists and objects down to what differs', () => {
    switchLanguage('en');
    const steps = (seconds: number) => [
      { code: 'TURN', setupSeconds: 60 },
      { code: 'MILL', setupSeconds: seconds },
    ];
    const change = one({
      table: 'routing',
      key: '{"Code":"R1","Revision":"2"}',
      old: { Steps: steps(10), Policies: '{"sequence":"Warn"}' },
      new: { Steps: steps(20), Policies: '{"sequence":"Block"}' },
    });
    expect(told(change)).toEqual(['Steps · MILL · Setup (s): 10 -> 20', 'Policies · Sequence: Warn -> Block']);
    expect(labelOf(change)).toBe('R1 / 2');
  });

  it('leaves out what a new record has not, and hides secrets', () => {
    switchLanguage('en');
    const change = one({
      table: 'people',
      key: 'x',
      old: null,
      new: { Code: 'P-1', Roles: ['planner'], UserName: null, PasswordHash: '***', Failures: 0, Id: 'x' },
    });
    expect(change.kind).toBe('added');
    expect(change.members.map(({ path, after }) => [path[0], valueText(after, change, path)])).toEqual([
      ['roles', 'Planner'],
      ['passwordHash', '(not shown)'],
    ]);
    expect(labelOf(change)).toBe('P-1');
    expect(told(change, change.technical)).toEqual(['Failures: – -> 0', 'Id: – -> x']);
  });

  it('that is not as we know it is told as it is', () => {
    expect(changesOf('{')).toBeNull();
    expect(changesOf('{}')).toBeNull();
    expect(changesOf('[{}]')).toHaveLength(1);
  });
});
