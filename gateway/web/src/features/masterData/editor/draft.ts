import type { Answer, Body } from '@/lib/api/api';
import { newId } from '@/lib/api/client';

export type RoutingView = Answer<'/api/work-orders/routings/{code}/{revision}', 'get'>;
export type Definition = Body<'/api/work-orders/routings/{code}/{revision}', 'put'>;
export type Policies = NonNullable<Definition['policies']>;

/** A unit that can do a step; its times where they differ from the step's. */
export interface StepUnit {
  equipment: string;
  setupSeconds: number | null;
  runSecondsPerUnit: number | null;
}
/** What a step follows, by the key of that step, which no renaming changes. */
export interface StepLink {
  after: string;
  kind: 'EndStart' | 'StartStart' | 'EndEnd';
  minLagSeconds: number;
  maxLagSeconds: number | null;
}
export interface Need {
  resource: string;
  quantity: number;
}
export interface Step {
  key: string;
  code: string;
  units: StepUnit[];
  setupSeconds: number;
  runSecondsPerUnit: number;
  setupFamily: string;
  isReceipt: boolean;
  isInspection: boolean;
  isSplittable: boolean;
  resources: Need[];
  /** null: it follows the step before it; none: it waits for no other. */
  links: StepLink[] | null;
}
export interface Substitute {
  material: string;
  ratio: number;
}
export interface Part {
  key: string;
  material: string;
  quantityPerUnit: number | null;
  unit: string;
  /** The key of the step at which it goes in, or null. */
  step: string | null;
  /** Whether it is taken from stock by itself as pieces are reported there. */
  isBackflushed: boolean;
  /** What may be used in its place, and how much of that replaces one of it. */
  substitutes: Substitute[];
}
export interface Draft {
  code: string;
  revision: string;
  product: string;
  effectiveFrom: string | null;
  steps: Step[];
  parts: Part[];
  policies: Policies;
}

const POLICIES: Policies = {
  sequence: 'Block',
  overQuantity: 'Block',
  qualification: 'Block',
  material: 'Warn',
  serials: 'Warn',
  overQuantityTolerancePercent: 0,
  completesByQuantity: true,
  acknowledgement: 'Off',
  instruction: 'Block',
};

export const newStep = (code: string): Step => ({
  key: newId(),
  code,
  units: [],
  setupSeconds: 0,
  runSecondsPerUnit: 0,
  setupFamily: '',
  isReceipt: false,
  isInspection: false,
  isSplittable: true,
  resources: [],
  links: null,
});

export const emptyDraft = (product: string): Draft => ({
  code: product,
  revision: '1',
  product,
  effectiveFrom: null,
  steps: [{ ...newStep('10'), isReceipt: true }],
  parts: [],
  policies: POLICIES,
});

/** A revision as a beginning for the next. */
export function draftOf(view: RoutingView, revision: string): Draft {
  const keys = new Map(view.steps.map(step => [step.code, newId()]));
  return {
    code: view.code,
    revision,
    product: view.product,
    effectiveFrom: null,
    policies: view.policies,
    steps: view.steps.map(step => ({
      key: keys.get(step.code)!,
      code: step.code,
      units: step.equipment.map(equipment => {
        const known = step.planning?.alternatives?.find(one => one.equipment === equipment);
        return {
          equipment,
          setupSeconds: known?.setupSeconds ?? null,
          runSecondsPerUnit: known?.runSecondsPerUnit ?? null,
        };
      }),
      setupSeconds: step.setupSeconds,
      runSecondsPerUnit: step.runSecondsPerUnit,
      setupFamily: step.setupFamily ?? '',
      isReceipt: step.isReceipt,
      isInspection: step.isInspection,
      isSplittable: step.planning?.isSplittable ?? true,
      resources: (step.planning?.resources ?? []).map(one => ({ ...one })),
      links:
        step.planning?.links?.map(link => ({
          after: keys.get(link.after) ?? link.after,
          kind: link.kind ?? 'EndStart',
          minLagSeconds: link.minLagSeconds,
          maxLagSeconds: link.maxLagSeconds ?? null,
        })) ?? null,
    })),
    parts: view.components.map(one => ({
      key: newId(),
      material: one.material,
      quantityPerUnit: one.quantityPerUnit,
      unit: one.unit,
      step: (one.step && keys.get(one.step)) ?? null,
      isBackflushed: one.isBackflushed,
      substitutes: (one.substitutes ?? []).map(other => ({ ...other })),
    })),
  };
}

/** What is sent: keys are codes again, and what says nothing is left away. */
export function definitionOf(draft: Draft): Definition {
  const codeOf = (key: string) => draft.steps.find(step => step.key === key)?.code ?? key;
  return {
    product: draft.product,
    effectiveFrom: draft.effectiveFrom,
    policies: draft.policies,
    steps: draft.steps.map(step => ({
      code: step.code.trim(),
      equipment: step.units.map(unit => unit.equipment),
      setupSeconds: step.setupSeconds,
      runSecondsPerUnit: step.runSecondsPerUnit,
      setupFamily: step.setupFamily.trim() || null,
      isReceipt: step.isReceipt,
      isInspection: step.isInspection,
      planning: planningOf(step, codeOf),
    })),
    components: draft.parts.map(part => ({
      material: part.material.trim(),
      quantityPerUnit: part.quantityPerUnit ?? 0,
      unit: part.unit.trim(),
      step: part.step === null ? null : codeOf(part.step).trim(),
      isBackflushed: part.isBackflushed,
      substitutes: part.substitutes.length ? part.substitutes : null,
    })),
  };
}

function planningOf(step: Step, codeOf: (key: string) => string): Definition['steps'][number]['planning'] {
  const different = step.units.filter(unit => unit.setupSeconds !== null || unit.runSecondsPerUnit !== null);
  if (!different.length && !step.resources.length && !step.links && step.isSplittable) return null;
  return {
    alternatives: different.length ? different : null,
    resources: step.resources.length ? step.resources : null,
    links: step.links?.map(link => ({ ...link, after: codeOf(link.after).trim() })) ?? null,
    isSplittable: step.isSplittable,
  };
}

export const newPart = (): Part => ({
  ...{ key: newId(), material: '', quantityPerUnit: 1, unit: '', step: null, isBackflushed: false, substitutes: [] },
});

/** 10 after 9, B after A, and on until nobody has it; another name gets a number behind it. */
export function nextRevision(revision: string, known: readonly string[] = []): string {
  const next = /^\d+$/.test(revision)
    ? String(Number(revision) + 1)
    : /^[A-Y]$/.test(revision)
      ? String.fromCharCode(revision.charCodeAt(0) + 1)
      : /-\d+$/.test(revision)
        ? revision.replace(/\d+$/, digits => String(Number(digits) + 1))
        : `${revision}-2`;
  return known.includes(next) ? nextRevision(next, known) : next;
}

/** Setup once and run per piece, by the preferred equipment of each step. */
export const timesOf = (draft: Draft) =>
  draft.steps.reduce(
    (sum, step) => ({
      setup: sum.setup + (step.units[0]?.setupSeconds ?? step.setupSeconds),
      run: sum.run + (step.units[0]?.runSecondsPerUnit ?? step.runSecondsPerUnit),
    }),
    { setup: 0, run: 0 },
  );
