/** A draft with all that was before it and all that was taken back. */
export interface EditSession<Draft> {
  past: Draft[];
  present: Draft;
  future: Draft[];
  /** What the last edit was of: typing on in one field is one edit. */
  tag: string | null;
}
export type Edit<Draft> =
  | { kind: 'apply'; change: (draft: Draft) => Draft; tag?: string }
  | { kind: 'undo' }
  | { kind: 'redo' }
  | { kind: 'begin'; draft: Draft };

const PAST_MAX = 200;

export function begin<Draft>(draft: Draft): EditSession<Draft> {
  return { past: [], present: draft, future: [], tag: null };
}

export function edited<Draft>(session: EditSession<Draft>, edit: Edit<Draft>): EditSession<Draft> {
  const { past, present, future } = session;
  switch (edit.kind) {
    case 'begin':
      return begin(edit.draft);
    case 'undo':
      return past.length === 0
        ? session
        : { past: past.slice(0, -1), present: past.at(-1)!, future: [present, ...future], tag: null };
    case 'redo':
      return future.length === 0
        ? session
        : { past: [...past, present], present: future[0]!, future: future.slice(1), tag: null };
    case 'apply': {
      const next = edit.change(present);
      if (next === present) return session;
      const isSame = edit.tag !== undefined && edit.tag === session.tag && past.length > 0;
      return {
        past: isSame ? past : [...past, present].slice(-PAST_MAX),
        present: next,
        future: [],
        tag: edit.tag ?? null,
      };
    }
  }
}
