import { useEffect, useReducer, useState } from 'react';
import { command, newId, Problem } from '@/lib/api/client';
import { useRead, useVerb } from '@/lib/api/hooks';
import { isCode } from '@/lib/code';
import { begin, edited } from '@/lib/edits';
import { forget, remember } from '@/lib/memory';
import { placesOf } from '@/lib/words/refusals';
import type { Text } from '@/lib/text';
import { errorsOf, refusedFields, type Errors } from './check';
import { definitionOf, type Draft, type RoutingView } from './draft';

const PUT = '/api/work-orders/routings/{code}/{revision}';
const EXISTS: Text = ['此版本已存在，版本内容不会改变', 'This revision exists, and what is in one never changes'];

/** A draft under way: its edits, what is wrong with it, its check by the server, and how it is saved. */
export function useEditor({ made, kept, memory }: { made: Draft; kept: Draft | null; memory: string }) {
  const [session, edit] = useReducer(edited<Draft>, kept ?? made, begin);
  const [isRestored, setIsRestored] = useState(kept !== null);
  const [isAsked, setIsAsked] = useState(kept !== null);
  const [checked, setChecked] = useState<{ of: Draft; warnings?: RoutingView['warnings']; problem?: Problem } | null>(null);
  const [isChecking, setIsChecking] = useState(false);
  const save = useVerb('put', PUT);
  const draft = session.present;

  const all = useRead('/api/work-orders/routings', { query: { code: draft.code.trim(), size: 1000 } }, isCode(draft.code.trim()));
  const known = (all.data?.items ?? []).filter(one => one.code === draft.code.trim());

  useEffect(() => {
    if (draft === made) forget(memory);
    else if (session.past.length > 0) remember(memory, draft);
  }, [draft, made, memory, session.past.length]);

  const local = errorsOf(draft);
  const isTaken = known.some(one => one.revision === draft.revision.trim());
  const of = checked?.of === draft ? checked : null;
  const refused = of?.problem ? refusedFields(placesOf(of.problem, definitionOf(draft), [])) : {};
  const errors: Errors = { ...refused, ...local, ...(isTaken ? { revision: EXISTS } : {}) };
  const isShown = isAsked || session.past.length > 0;

  const check = async () => {
    setIsAsked(true);
    if (Object.keys(errors).length) return;
    setIsChecking(true);
    try {
      const answer = await command('put', PUT, sent(draft), newId(), true);
      setChecked({ of: draft, warnings: answer.warnings });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      setChecked({ of: draft, problem });
    } finally {
      setIsChecking(false);
    }
  };
  /** Whether it was saved. */
  const send = async () => {
    setIsAsked(true);
    if (Object.keys(errors).length) return false;
    try {
      await save.mutateAsync(sent(draft));
      forget(memory);
      return true;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      setChecked({ of: draft, problem });
      return false;
    }
  };
  const discard = () => {
    forget(memory);
    setIsRestored(false);
    setIsAsked(false);
    edit({ kind: 'begin', draft: made });
  };

  return {
    session,
    draft,
    edit,
    apply: (change: (now: Draft) => Draft, tag?: string) => edit({ kind: 'apply', change, tag }),
    errors: isShown ? errors : ({} as Errors),
    known,
    isTaken,
    isRestored,
    discard,
    check,
    isChecking,
    send,
    isSaving: save.isPending,
    problem: of?.problem,
    warnings: of?.warnings,
  };
}

const sent = (draft: Draft) => ({
  path: { code: draft.code.trim(), revision: draft.revision.trim() },
  body: definitionOf(draft),
});
