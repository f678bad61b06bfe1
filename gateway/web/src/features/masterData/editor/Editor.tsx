import { Alert, App, Button, Tabs } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { ProblemAlert } from '@/components/Problem';
import { addressOf } from '@/lib/api/client';
import { useText, type Text } from '@/lib/text';
import { RoutingWarnings } from '../RoutingWarnings';
import { Changes } from './Changes';
import { countIn, hasErrorsIn } from './check';
import type { Draft } from './draft';
import { FlowBar } from './FlowBar';
import { FlowGraph } from './FlowGraph';
import { flowOf } from './flow';
import { Head } from './Head';
import { moveStep, removeStep } from './edits';
import { PartsSheet } from './PartsSheet';
import { PoliciesSheet } from './PoliciesSheet';
import { StepSheet } from './StepSheet';
import { useEditor } from './useEditor';

const RESTORED: Text = ['已恢复上次未保存的内容', 'What you had not saved is here again'];
const DISCARD: Text = ['清除', 'Discard'];
const CHECK: Text = ['检查', 'Check'];
const SAVE: Text = ['保存版本 {revision}', 'Save revision {revision}'];
const SAVED: Text = ['已保存版本 {revision}', 'Revision {revision} is saved'];
const FINE: Text = ['检查通过，可以保存', 'Checked: it can be saved'];
const WRONG: Text = ['还有 {count} 处错误', '{count} to be corrected'];
const STEP: Text = ['工步 {code}', 'Step {code}'];
const PARTS: Text = ['物料（{count}）', 'Components ({count})'];
const POLICIES: Text = ['管控策略', 'Policies'];
const CHANGES: Text = ['改动', 'Changes'];

interface EditorProps {
  memory: string;
  made: Draft;
  kept: Draft | null;
  /** The revision that the draft follows, or null where the routing is new. */
  base: string | null;
}

/** A routing as a flow, and below it all of the step that is selected. */
export function Editor({ memory, made, kept, base }: EditorProps) {
  const t = useText();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const editor = useEditor({ made, kept, memory });
  const { draft, errors, apply, edit, session } = editor;
  const [chosen, setChosen] = useState<string | null>(null);
  const [tab, setTab] = useState('step');
  const step = draft.steps.find(one => one.key === chosen) ?? draft.steps[0]!;
  const count = Object.keys(errors).length;

  const select = (key: string) => {
    setChosen(key);
    setTab('step');
  };
  const remove = (key: string) => {
    const at = draft.steps.findIndex(one => one.key === key);
    setChosen(draft.steps[at + 1]?.key ?? draft.steps[at - 1]?.key ?? null);
    apply(removeStep(key));
  };
  /** Shows the first of what is wrong. */
  const show = () => {
    const wrong = draft.steps.find((_, index) => hasErrorsIn(errors, `steps[${index}]`));
    if (wrong) select(wrong.key);
    else if (hasErrorsIn(errors, 'components')) setTab('parts');
    else if (hasErrorsIn(errors, 'policies')) setTab('policies');
  };
  const save = async () => {
    if (count > 0) show();
    if (!(await editor.send())) return;
    void message.success(t(SAVED, { revision: draft.revision }));
    void navigate(addressOf('/routings/one', {}, { code: draft.code.trim(), revision: draft.revision.trim() }));
  };
  useShortcuts(edit);

  const isWrong = (ats: string[]) => countIn(errors, ats) > 0 && <span className="wrong-cell"> !</span>;
  const sheet = { draft, errors, apply };
  const at = `steps[${draft.steps.indexOf(step)}]`;
  return (
    <div className="sections">
      {editor.isRestored && (
        <Alert
          type="info"
          showIcon
          title={t(RESTORED)}
          action={
            <Button size="small" onClick={editor.discard}>
              {t(DISCARD)}
            </Button>
          }
        />
      )}
      <Head {...sheet} known={editor.known.map(one => one.revision)} isNew={base === null} />
      <div className="sheet">
        <FlowBar {...{ draft, apply, edit, session, step, select, remove }} />
        <FlowGraph
          steps={flowOf(draft, errors)}
          selected={step.key}
          select={select}
          move={(key, by) => apply(moveStep(key, by))}
          remove={remove}
        />
        <div className="editor-foot">
          <span role="status" className={count > 0 ? 'wrong-cell' : 'muted'}>
            {count > 0 ? t(WRONG, { count }) : editor.warnings?.length === 0 ? t(FINE) : ''}
          </span>
          <Button loading={editor.isChecking} onClick={() => (count > 0 ? show() : void editor.check())}>
            {t(CHECK)}
          </Button>
          <Button type="primary" loading={editor.isSaving} onClick={() => void save()}>
            {t(SAVE, { revision: draft.revision })}
          </Button>
        </div>
      </div>
      {editor.problem && <ProblemAlert problem={editor.problem} />}
      <RoutingWarnings warnings={editor.warnings ?? []} />
      <Tabs
        className="editor-tabs"
        activeKey={tab}
        onChange={setTab}
        items={[
          {
            key: 'step',
            label: [t(STEP, { code: step.code }), isWrong([at])],
            children: <StepSheet key={step.key} {...sheet} step={step} />,
          },
          {
            key: 'parts',
            label: [t(PARTS, { count: draft.parts.length }), isWrong(['components'])],
            children: <PartsSheet {...sheet} />,
          },
          { key: 'policies', label: [t(POLICIES), isWrong(['policies'])], children: <PoliciesSheet {...sheet} /> },
          ...(editor.known.length > 0
            ? [{ key: 'changes', label: t(CHANGES), children: <Changes draft={draft} known={editor.known} base={base} /> }]
            : []),
        ].map(item => ({ ...item, label: <span>{item.label}</span> }))}
      />
    </div>
  );
}

/** Ctrl+Z and Ctrl+Y are of the whole session, wherever one types. */
function useShortcuts(edit: (edit: { kind: 'undo' | 'redo' }) => void) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || (event.target as HTMLElement).closest?.('.ant-modal, .ant-drawer')) return;
    const key = event.key.toLowerCase();
    if (key !== 'z' && key !== 'y') return;
    event.preventDefault();
    edit({ kind: key === 'y' || event.shiftKey ? 'redo' : 'undo' });
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
