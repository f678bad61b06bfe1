import { describe, expect, it } from 'vitest';
import { begin, edited, type EditSession } from '@/lib/edits';
import { definitionOf, draftOf, emptyDraft, newStep, nextRevision, type Draft, type RoutingView, type StepLink } from './draft';
import { addStepAfter, duplicateStep, makeReceipt, moveStep, removeStep, setStep } from './edits';

const link = (after: string): StepLink => ({ after, kind: 'EndStart', minLagSeconds: 0, maxLagSeconds: null });
const step = (code: string, links: string[] | null = null, isReceipt = false) => ({
  ...newStep(code),
  key: code,
  links: links?.map(link) ?? null,
  isReceipt,
});
const draft: Draft = { ...emptyDraft('P'), steps: [step('a'), step('b', ['a']), step('c', ['a', 'b'], true)] };
const orderOf = (one: Draft) => one.steps.map(found => found.code).join('');
const linksOf = (one: Draft, code: string) => one.steps.find(found => found.code === code)!.links?.map(found => found.after);
const apply = (session: EditSession<Draft>, change: (draft: Draft) => Draft, tag?: string) =>
  edited(session, { kind: 'apply', change, tag });

describe('An edit session', () => {
  it('takes back and does again all of its edits', () => {
    let session = begin(draft);
    session = apply(session, moveStep('c', -1));
    session = apply(session, removeStep('a'));
    expect(orderOf(session.present)).toBe('cb');
    session = edited(edited(session, { kind: 'undo' }), { kind: 'undo' });
    expect(session.present).toBe(draft);
    expect(edited(session, { kind: 'undo' })).toBe(session);
    session = edited(edited(session, { kind: 'redo' }), { kind: 'redo' });
    expect(orderOf(session.present)).toBe('cb');
    expect(edited(session, { kind: 'redo' })).toBe(session);
  });

  it('forgets what was taken back when something else is done', () => {
    let session = apply(begin(draft), moveStep('c', -1));
    session = apply(edited(session, { kind: 'undo' }), moveStep('b', -1));
    expect(session.future).toEqual([]);
    expect(orderOf(session.present)).toBe('bac');
  });

  it('takes typing on in a field as one edit, and another field as another', () => {
    let session = begin(draft);
    for (const code of ['x', 'xy', 'xyz']) session = apply(session, setStep('a', { code }), 'a.code');
    session = apply(session, setStep('a', { setupFamily: 'f' }), 'a.setupFamily');
    expect(session.past).toHaveLength(2);
    session = edited(edited(session, { kind: 'undo' }), { kind: 'undo' });
    expect(session.present).toBe(draft);
  });

  it('has nothing to take back of what changed nothing', () => {
    expect(apply(begin(draft), moveStep('a', -1)).past).toEqual([]);
  });
});

describe('Steps', () => {
  it('keep the links that lead back when one is moved, and no others', () => {
    const moved = moveStep('b', -1)(draft);
    expect(orderOf(moved)).toBe('bac');
    expect(linksOf(moved, 'b')).toBeUndefined();
    expect(linksOf(moved, 'c')).toEqual(['a', 'b']);
    expect(linksOf(moveStep('c', -1)(draft), 'c')).toEqual(['a']);
  });

  it('lose their links to one that is deleted, and the last becomes the receipt', () => {
    const less = removeStep('a')(draft);
    expect(linksOf(less, 'b')).toBeUndefined();
    expect(linksOf(less, 'c')).toEqual(['b']);
    expect(removeStep('c')(draft).steps.map(one => one.isReceipt)).toEqual([false, true]);
    const only = removeStep('b')(removeStep('a')(draft));
    expect(removeStep('c')(only)).toBe(only);
  });

  it('have one receipt whatever is done', () => {
    for (const change of [makeReceipt('a'), duplicateStep('c'), addStepAfter('c'), removeStep('c')])
      expect(change(draft).steps.filter(one => one.isReceipt)).toHaveLength(1);
  });

  it('get codes that are free', () => {
    const tens = { ...draft, steps: [step('10'), step('20')] };
    expect(orderOf(addStepAfter('10')(tens))).toBe('101520');
    expect(orderOf(addStepAfter('20')(tens))).toBe('102030');
    expect(addStepAfter('20')({ ...draft, steps: [step('30'), step('20')] }).steps[2]!.code).toBe('31');
    expect(orderOf(duplicateStep('a')(duplicateStep('a')(draft)))).toBe('aa-3a-2bc');
  });

  it('keep links and components when one gets another code', () => {
    const parts = [{ key: 'p', material: 'M', quantityPerUnit: 2, unit: 'kg', step: 'a', isBackflushed: true, substitutes: [] }];
    const sent = definitionOf(setStep('a', { code: 'z' })({ ...draft, parts }));
    expect(sent.steps[1]!.planning!.links![0]!.after).toBe('z');
    expect(sent.components![0]!.step).toBe('z');
  });
});

describe('A revision', () => {
  const view: RoutingView = {
    code: 'R',
    revision: '9',
    product: 'P',
    policies: emptyDraft('P').policies,
    effectiveFrom: null,
    effectiveTo: null,
    isCurrent: true,
    warnings: [],
    components: [
      {
        ...{ material: 'M', quantityPerUnit: 0.5, unit: 'kg', step: 'b', isBackflushed: true },
        substitutes: [{ material: 'N', ratio: 2 }],
      },
    ],
    steps: [
      {
        ...{ code: 'a', equipment: ['m1', 'm2'], setupSeconds: 60, runSecondsPerUnit: 5, setupFamily: 'f' },
        ...{ isReceipt: false, isInspection: true },
        planning: {
          alternatives: [{ equipment: 'm2', setupSeconds: null, runSecondsPerUnit: 7 }],
          resources: [{ resource: 'crane', quantity: 2 }],
          links: [],
          isSplittable: false,
        },
      },
      {
        ...{ code: 'b', equipment: ['m1'], setupSeconds: 0, runSecondsPerUnit: 0, setupFamily: null },
        ...{ isReceipt: true, isInspection: false, planning: null },
      },
    ],
  };

  it('is sent as it was read where nothing is edited', () => {
    const { steps, components, policies } = definitionOf(draftOf(view, '10'));
    expect({ steps, components, policies }).toEqual({
      steps: view.steps,
      components: view.components,
      policies: view.policies,
    });
  });

  it.each([
    ['9', [], '10'],
    ['A', [], 'B'],
    ['1', ['2', '3'], '4'],
    ['Z', ['Z-2'], 'Z-3'],
    ['1.0', [], '1.0-2'],
  ])('after %s, beside %j, is %s', (revision, known, next) => expect(nextRevision(revision, known)).toBe(next));
});
