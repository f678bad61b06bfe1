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
  /** What the last change moved. */
  difference: Difference | null;
  isBusy: boolean;
  take: (step: Step) => Promise<void>;
  /**
   * Locks bars, or lets them go where all are locked: what the draft has locked by a step, what the plant has at once. Gives the
   * latter back as they are then, since no other plan tells of them.
   */
  toggleLock: (bars: readonly Bar[]) => Promise<readonly Bar[]>;
  undo: () => Promise<void>;
  redo: () => Promise<void>;
  publish: (withoutLost: boolean) => Promise<void>;
  discard: () => Promise<void>;
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
  const take = async (step: Step) => {
    const open = draft?.id ?? (await command('post', DRAFTS, {})).id;
    show(await command('post', `${DRAFT}/steps`, { path: { id: open }, body: { step, revision: draft?.revision ?? 0 } }));
    if (!draft) void client.invalidateQueries({ queryKey: [DRAFTS] });
  };
  const ended = async () => {
    setDifference(null);
    await client.invalidateQueries();
  };

  return {
    mayMove,
    draft,
    difference,
    isBusy,
    take: step => act(() => take(step)),
    toggleLock: async bars => {
      let released: readonly Bar[] = [];
      await act(async () => {
        if (!bars.every(bar => bar.isLocked)) return take(stepOf('Lock', { operationIds: idsOf(bars) }));
        const [own, others] = [bars.filter(bar => bar.isLockedByDraft), bars.filter(bar => !bar.isLockedByDraft)];
        if (others.length > 0) await command('post', '/api/scheduling/locks/release', { body: { operationIds: idsOf(others) } });
        released = others.map(bar => ({ ...bar, isLocked: false }));
        if (own.length > 0) await take(stepOf('Unlock', { operationIds: idsOf(own) }));
      });
      return released;
    },
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

const idsOf = (bars: readonly Bar[]) => bars.map(bar => bar.id);

export const stepOf = (kind: Step['kind'], more: Partial<Step> = {}): Step => ({
  kind,
  operations: null,
  operationIds: null,
  orderId: null,
  side: null,
  lock: true,
  ...more,
});
