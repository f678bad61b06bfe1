import { newId } from '@/lib/api/client';
import { newStep, type Draft, type Part, type Step } from './draft';

export const setStep = (key: string, change: Partial<Step>) => (draft: Draft) => ({
  ...draft,
  steps: draft.steps.map(step => (step.key === key ? { ...step, ...change } : step)),
});

export const setPart = (key: string, change: Partial<Part>) => (draft: Draft) => ({
  ...draft,
  parts: draft.parts.map(part => (part.key === key ? { ...part, ...change } : part)),
});

/** A step goes one place earlier (-1) or later (1). */
export const moveStep = (key: string, by: -1 | 1) => (draft: Draft) => {
  const from = draft.steps.findIndex(step => step.key === key);
  const to = from + by;
  if (from < 0 || to < 0 || to >= draft.steps.length) return draft;
  const steps = [...draft.steps];
  [steps[from], steps[to]] = [steps[to]!, steps[from]!];
  return { ...draft, steps: withLinksBack(steps) };
};

export const addStepAfter =
  (key: string | null, added = newId()) =>
  (draft: Draft) => {
    const at = draft.steps.findIndex(step => step.key === key);
    const place = at < 0 ? draft.steps.length : at + 1;
    const step: Step = { ...newStep(freeCode(draft, place)), key: added, isReceipt: draft.steps.length === 0 };
    return { ...draft, steps: draft.steps.toSpliced(place, 0, step) };
  };

export const duplicateStep =
  (key: string, added = newId()) =>
  (draft: Draft) => {
    const at = draft.steps.findIndex(step => step.key === key);
    if (at < 0) return draft;
    const copy: Step = { ...draft.steps[at]!, key: added, code: freeCode(draft, at + 1), isReceipt: false };
    return { ...draft, steps: draft.steps.toSpliced(at + 1, 0, copy) };
  };

/** Takes a step out. What followed it follows what stands there now; the receipt is the last then. */
export const removeStep = (key: string) => (draft: Draft) => {
  const gone = draft.steps.find(step => step.key === key);
  if (!gone || draft.steps.length === 1) return draft;
  const steps = withLinksBack(draft.steps.filter(step => step.key !== key));
  if (gone.isReceipt) steps[steps.length - 1] = { ...steps.at(-1)!, isReceipt: true };
  return {
    ...draft,
    steps,
    parts: draft.parts.map(part => (part.step === key ? { ...part, step: null, isBackflushed: false } : part)),
  };
};

/** Exactly one step is the receipt. */
export const makeReceipt = (key: string) => (draft: Draft) => ({
  ...draft,
  steps: draft.steps.map(step => (step.isReceipt === (step.key === key) ? step : { ...step, isReceipt: step.key === key })),
});

/** Links lead only to steps before; a step that loses all of its links follows the one before it. */
function withLinksBack(steps: Step[]): Step[] {
  const before = new Set<string>();
  return steps.map(step => {
    const links = step.links?.filter(link => before.has(link.after)) ?? null;
    before.add(step.key);
    return links === null || links.length === step.links!.length ? step : { ...step, links: links.length ? links : null };
  });
}

/** A code that no step has: between 10 and 20 is 15, after the last of 10 and 20 is 30. */
function freeCode(draft: Draft, place: number): string {
  const taken = new Set(draft.steps.map(step => step.code));
  const numbers = draft.steps.map(step => (/^\d+$/.test(step.code) ? Number(step.code) : null));
  const before = numbers[place - 1] ?? null;
  const after = numbers[place] ?? null;
  if (before !== null || draft.steps.length === 0) {
    const between = after !== null && after > before! + 1 ? Math.floor((before! + after) / 2) : (before ?? 0) + 10;
    for (let code = between; ; code++) if (!taken.has(String(code))) return String(code);
  }
  const stem = (draft.steps[place - 1]?.code ?? 'step').replace(/-\d+$/, '');
  for (let number = 2; ; number++) if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
}
