import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import type { Answer, Body } from '@/lib/api/api';
import { command, Problem } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { useMay, useSession } from '@/lib/session';
import type { Bar } from './plan';
import { wordsOf } from '@/lib/words/refusals';

export type Draft = Answer<'/api/scheduling/drafts/{id}', 'get'>;
export type Step = Body<'/api/scheduling/drafts/{id}/steps', 'post'>['step'];
type Changed = Answer<'/api/scheduling/drafts/{id}/steps', 'post'>;
export type Difference = Changed['difference'];

const DRAFTS = '/api/scheduling/drafts';
const DRAFT = '/api/scheduling/drafts/{id}';

export interface Drafting {
  mayMove: boolean;
  draft: Draft | null;
  /** When it was read last: it has been brought up to the plan in force by then. */
  readAt: number;
  /** What the last change moved. */
  difference: Difference | null;
  isBusy: boolean;
  take: (step: Step) => Promise<void>;
  /** Lets go what is pinned: what the draft pinned by a step, what the plant has pinned at once. */
  unlock: (bars: readonly Bar[]) => Promise<void>;
  undo: () => Promise<void>;
  redo: () => Promise<void>;
  publish: (withoutLost: boolean) => Promise<void>;
  discard: () => Promise<void>;
  /** Looks no longer at what moved. */
  forget: () => void;
}

/**
 * The planner's draft: what they change, others see once it is published. The first change opens it; one that is open is gone on
 * with. Changes are sent one after the other.
 */
export function useDraft(): Drafting {
  const client = useQueryClient();
  const { message } = App.useApp();
  const mayMove = useMay()('post', DRAFTS);
  const me = useSession();
  const [difference, setDifference] = useState<Difference | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const own = useRead(DRAFTS, { query: { owner: me.operator ?? me.subjectId, status: 'Open', size: 1 } }, mayMove);
  const id = own.data?.items[0]?.id ?? null;
  const shown = useRead(DRAFT, { path: { id: id ?? '' } }, id !== null);
  const draft = id !== null && shown.data?.id === id && shown.data.status === 'Open' ? shown.data : null;

  /** One at a time; what is refused is told, and nothing has changed then. */
  const act = async (deed: () => Promise<void>) => {
    if (isBusy) return;
    setIsBusy(true);
    try {
      await deed();
    } catch (problem) {
      void message.error(wordsOf(problem), 6);
      if (problem instanceof Problem && problem.status === 409) await client.invalidateQueries();
    } finally {
      setIsBusy(false);
    }
  };
  const show = (changed: Changed) => {
    client.setQueryData([DRAFT, { path: { id: changed.draft.id } }], changed.draft);
    setDifference(changed.difference);
  };
  const ended = async () => {
    setDifference(null);
    await client.invalidateQueries();
  };

  return {
    mayMove,
    draft,
    readAt: shown.dataUpdatedAt,
    difference,
    isBusy,
    forget: () => setDifference(null),
    take: step =>
      act(async () => {
        const open = draft?.id ?? (await command('post', DRAFTS, {})).id;
        show(await command('post', `${DRAFT}/steps`, { path: { id: open }, body: { step, revision: draft?.revision ?? 0 } }));
        if (!draft) void client.invalidateQueries({ queryKey: [DRAFTS] });
      }),
    unlock: bars =>
      act(async () => {
        const own = bars.filter(bar => bar.isOfDraft).map(bar => bar.id);
        const others = bars.filter(bar => bar.isPinned && !bar.isOfDraft).map(bar => bar.id);
        if (others.length > 0) await command('post', '/api/scheduling/locks/release', { body: { operationIds: others } });
        if (own.length > 0 && draft) {
          const body = { step: stepOf('Unlock', { operationIds: own }), revision: draft.revision };
          show(await command('post', `${DRAFT}/steps`, { path: { id: draft.id }, body }));
        }
        await client.invalidateQueries({ queryKey: ['/api/scheduling/board'] });
      }),
    undo: () =>
      act(async () => {
        if (draft && draft.revision > 0) show(await command('post', `${DRAFT}/undo`, { path: { id: draft.id } }));
      }),
    redo: () =>
      act(async () => {
        if (draft && draft.undone > 0) show(await command('post', `${DRAFT}/redo`, { path: { id: draft.id } }));
      }),
    publish: withoutLost =>
      act(async () => {
        if (!draft) return;
        await command('post', `${DRAFT}/publish`, { path: { id: draft.id }, body: { withoutLost } });
        await ended();
      }),
    discard: () =>
      act(async () => {
        if (!draft) return;
        await command('post', `${DRAFT}/discard`, { path: { id: draft.id } });
        await ended();
      }),
  };
}

export const stepOf = (kind: Step['kind'], more: Partial<Step> = {}): Step => ({
  kind,
  operations: null,
  operationIds: null,
  orderId: null,
  side: null,
  lock: true,
  ...more,
});

/** What a draft has pinned or let go: the plan in force does not know it. */
export function pinnedBy(draft: Draft | null): ReadonlyMap<string, boolean> {
  const pinned = new Map<string, boolean>();
  for (const { effect } of draft?.steps ?? []) {
    effect.locked.forEach(({ operationId }) => pinned.set(operationId, true));
    effect.unlocked.forEach(id => pinned.set(id, false));
  }
  return pinned;
}
