import {
  ArrowLeftOutlined,
  ArrowRightOutlined,
  CopyOutlined,
  DeleteOutlined,
  PlusOutlined,
  RedoOutlined,
  UndoOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { newId } from '@/lib/api/client';
import { durationOf } from '@/lib/duration';
import type { Edit, EditSession } from '@/lib/edits';
import { useText, type Text } from '@/lib/text';
import { timesOf, type Draft, type Step } from './draft';
import { addStepAfter, duplicateStep, moveStep } from './edits';

const UNDO: Text = ['撤销 (Ctrl+Z)', 'Undo (Ctrl+Z)'];
const REDO: Text = ['重做 (Ctrl+Y)', 'Redo (Ctrl+Y)'];
const TOOLS: Text = ['编辑工步', 'Edit the steps'];
const ADD: Text = ['在其后添加', 'Add after'];
const DUPLICATE: Text = ['复制', 'Duplicate'];
const EARLIER: Text = ['前移 (Alt+←)', 'Move earlier (Alt+←)'];
const LATER: Text = ['后移 (Alt+→)', 'Move later (Alt+→)'];
const DELETE: Text = ['删除工步', 'Delete the step'];
const SUMMARY: Text = [
  '{product} · {count} 个工步 · 调试 {setup} · 单件 {run}',
  '{product} · {count} steps · setup {setup} · {run} per piece',
];

interface FlowBarProps {
  draft: Draft;
  session: EditSession<Draft>;
  step: Step;
  apply: (change: (draft: Draft) => Draft) => void;
  edit: (edit: Edit<Draft>) => void;
  select: (key: string) => void;
  remove: (key: string) => void;
}

/** What can be done to the flow, and what it comes to. */
export function FlowBar({ draft, session, step, apply, edit, select, remove }: FlowBarProps) {
  const t = useText();
  const times = timesOf(draft);
  const at = draft.steps.indexOf(step);
  const add = (make: (key: string, added: string) => (draft: Draft) => Draft) => {
    const added = newId();
    apply(make(step.key, added));
    select(added);
  };
  const tool = (name: Text, icon: ReactNode, onClick: () => void, disabled = false) => (
    <Button type="text" icon={icon} aria-label={t(name)} title={t(name)} disabled={disabled} onClick={onClick} />
  );
  return (
    <div className="editor-bar" role="toolbar" aria-label={t(TOOLS)}>
      {tool(UNDO, <UndoOutlined />, () => edit({ kind: 'undo' }), session.past.length === 0)}
      {tool(REDO, <RedoOutlined />, () => edit({ kind: 'redo' }), session.future.length === 0)}
      <span className="divider" />
      <Button type="text" icon={<PlusOutlined />} onClick={() => add(addStepAfter)}>
        {t(ADD)}
      </Button>
      {tool(DUPLICATE, <CopyOutlined />, () => add(duplicateStep))}
      {tool(EARLIER, <ArrowLeftOutlined />, () => apply(moveStep(step.key, -1)), at === 0)}
      {tool(LATER, <ArrowRightOutlined />, () => apply(moveStep(step.key, 1)), at === draft.steps.length - 1)}
      {tool(DELETE, <DeleteOutlined />, () => remove(step.key), draft.steps.length === 1)}
      <span className="summary">
        {t(SUMMARY, {
          product: draft.product || '–',
          count: draft.steps.length,
          setup: durationOf(times.setup),
          run: durationOf(times.run),
        })}
      </span>
    </div>
  );
}
