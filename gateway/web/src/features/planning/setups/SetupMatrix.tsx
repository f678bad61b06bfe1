import { RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { Alert, App, AutoComplete, Button, Segmented, Select } from 'antd';
import { useEffect, useReducer, useState } from 'react';
import { DurationField } from '@/components/DurationField';
import { ProblemAlert } from '@/components/Problem';
import { useTellDone } from '@/components/useTellDone';
import type { Answer } from '@/lib/api/api';
import { useVerb } from '@/lib/api/hooks';
import { isCode } from '@/lib/code';
import { edited, begin } from '@/lib/edits';
import { forget, recall, remember } from '@/lib/memory';
import { useMay, useSession } from '@/lib/session';
import { useText, type Text } from '@/lib/text';
import { addFamily, blockOf, bodyOf, copyOf, matrixOf, paste, UNITS, wrongIn, type Matrix, type Unit } from './matrix';
import { MatrixTable, NO_TIME } from './MatrixTable';

const PUT = '/api/scheduling/setup-times/{equipment}';
const DEFAULT: Text = ['其余换型', 'Any other change'];
const ADD: Text = ['添加换型族', 'Add a family'];
const COPY: Text = ['从其他设备复制', 'Copy from another unit'];
const NUMBERS: Text = ['粘贴的数字为', 'Pasted numbers are'];
const UNIT_NAMES: Readonly<Record<Unit, Text>> = { s: ['秒', 's'], min: ['分', 'min'], h: ['小时', 'h'] };
const UNDO: Text = ['撤销 (Ctrl+Z)', 'Undo (Ctrl+Z)'];
const REDO: Text = ['重做 (Ctrl+Y)', 'Redo (Ctrl+Y)'];
const SAVE: Text = ['保存', 'Save'];
const DISCARD: Text = ['放弃改动', 'Discard the changes'];
const UNSAVED: Text = ['有未保存的改动', 'Not saved yet'];
const WRONG: Text = ['{count} 格不是时间，改正后才能保存', '{count} to be corrected before it can be saved'];
const WHERE: Text = ['{from} 换 {to}：{why}', '{from} to {to}: {why}'];
const PASTED: Text = ['已填入 {count} 格，数字按{unit}', 'Filled in: {count}, numbers as {unit}'];
const NEW_FAMILIES: Text = ['；新换型族：{names}', '; new families: {names}'];
const TOO_LARGE: Text = [
  '粘贴的内容比此处到边缘的格子多，未填入。请连同表头粘贴，或从更靠前的格子开始。',
  'It has more cells than there are from here to the edge: nothing was filled in. Paste it with its headings, or begin further up.',
];
const NO_FAMILY: Text = [
  '表头不能作为换型族：{names}。未填入。',
  'These headings cannot be families: {names}. Nothing was filled in.',
];
const NONE: Text = [
  '此设备的工步还没有换型族。请添加，或在左上角粘贴带表头的整张表。',
  'No step at this unit has a family yet. Add one, or paste a table with its headings in the corner.',
];
const SHOWN_MAX = 5;

type Times = Answer<'/api/scheduling/setup-times', 'get'>['items'][number];

interface SetupMatrixProps {
  equipment: string;
  /** As it is kept; null where there is none yet. */
  kept: Times | null;
  /** Families of the steps at this unit. */
  used: string[];
  others: Times[];
}

/** The setup times of a unit, typed or pasted, written as a whole once nothing is wrong. */
export function SetupMatrix({ equipment, kept, used, others }: SetupMatrixProps) {
  const t = useText();
  const { message } = App.useApp();
  const { subjectId } = useSession();
  const isReadOnly = !useMay()('put', PUT);
  const tellDone = useTellDone();
  const save = useVerb('put', PUT);
  const memory = `setups.${subjectId} ${equipment}`;
  const made = matrixOf(kept ?? { defaultSeconds: 0, changes: [] }, used);
  const [session, edit] = useReducer(edited<Matrix>, recall<Matrix | null>(memory, null) ?? made, begin);
  const [unit, setUnit] = useState<Unit>(() => recall<Unit>('setups.unit', 'min'));
  const [typed, setTyped] = useState('');
  const matrix = session.present;
  const wrong = wrongIn(matrix);
  const [before, now] = [JSON.stringify(bodyOf(made)), JSON.stringify(bodyOf(matrix))];
  const isDirty = before !== now || wrong.length > 0;

  useEffect(() => {
    if (isDirty) remember(memory, matrix);
    else forget(memory);
  }, [isDirty, memory, matrix]);
  const isDefaultWrong = Number.isNaN(matrix.defaultSeconds);
  useEffect(() => {
    if (!isDirty) edit({ kind: 'begin', draft: made });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- another has changed it, or it was saved: nothing here is lost
  }, [before, used.join('\n')]);

  const apply = (change: (matrix: Matrix) => Matrix, tag?: string) => edit({ kind: 'apply', change, tag });
  const take = (text: string, at: { from: string; to: string } | null) => {
    const pasted = paste(matrix, blockOf(text), at, unit);
    if (pasted.refused.length > 0) void message.error(t(NO_FAMILY, { names: pasted.refused.slice(0, SHOWN_MAX).join(', ') }));
    else if (pasted.isTooLarge) void message.error(t(TOO_LARGE));
    else {
      apply(() => pasted.matrix);
      const added = pasted.added.length > 0 ? t(NEW_FAMILIES, { names: pasted.added.join(', ') }) : '';
      void message.success(t(PASTED, { count: pasted.count, unit: t(UNIT_NAMES[unit]) }) + added);
    }
  };
  const send = async () => {
    const body = bodyOf(matrix);
    try {
      const answer = await save.mutateAsync({ path: { equipment }, body });
      forget(memory);
      const done = { path: { equipment }, query: {}, body: body as never, answer: answer as never };
      tellDone({ method: 'put', path: PUT, subject: equipment, before: kept ? bodyOf(matrixOf(kept)) : null, done });
    } catch {
      // shown below, from save.error
    }
  };
  const families = [...new Set([...used, ...others.flatMap(one => one.changes.flatMap(({ from, to }) => [from, to]))])]
    .filter(family => !matrix.families.includes(family))
    .sort();
  const add = (family: string) => {
    if (isCode(family.trim())) apply(addFamily(family.trim()));
    setTyped('');
  };
  return (
    <div
      className="sections"
      onKeyDown={event => {
        const key = event.key.toLowerCase();
        if (!(event.ctrlKey || event.metaKey) || (key !== 'z' && key !== 'y')) return;
        event.preventDefault();
        edit({ kind: key === 'y' || event.shiftKey ? 'redo' : 'undo' });
      }}>
      <div className="sheet">
        {!isReadOnly && (
          <div className="matrix-bar">
            <label className="in-line">
              {t(DEFAULT)}
              <span className="one-time">
                <DurationField
                  label={t(DEFAULT)}
                  value={matrix.defaultSeconds}
                  onChange={seconds => apply(one => ({ ...one, defaultSeconds: Math.round(seconds ?? 0) }), 'default')}
                />
              </span>
            </label>
            <AutoComplete
              className="filter"
              aria-label={t(ADD)}
              placeholder={t(ADD)}
              value={typed}
              onChange={setTyped}
              onSelect={add}
              onKeyDown={event => event.key === 'Enter' && add(typed)}
              options={families.filter(one => one.includes(typed)).map(value => ({ value }))}
            />
            <Select
              className="filter"
              aria-label={t(COPY)}
              placeholder={t(COPY)}
              value={null}
              disabled={others.length === 0}
              onSelect={(code: string | null) => apply(copyOf(others.find(one => one.equipment === code)!))}
              options={others.map(({ equipment: value }) => ({ value, label: value }))}
            />
            <span className="in-line">
              {t(NUMBERS)}
              <Segmented<Unit>
                aria-label={t(NUMBERS)}
                size="small"
                value={unit}
                onChange={next => {
                  setUnit(next);
                  remember('setups.unit', next);
                }}
                options={(Object.keys(UNITS) as Unit[]).map(value => ({ value, label: t(UNIT_NAMES[value]) }))}
              />
            </span>
            <span className="grow" />
            <Button
              type="text"
              icon={<UndoOutlined />}
              aria-label={t(UNDO)}
              title={t(UNDO)}
              disabled={session.past.length === 0}
              onClick={() => edit({ kind: 'undo' })}
            />
            <Button
              type="text"
              icon={<RedoOutlined />}
              aria-label={t(REDO)}
              title={t(REDO)}
              disabled={session.future.length === 0}
              onClick={() => edit({ kind: 'redo' })}
            />
          </div>
        )}
        <MatrixTable {...{ matrix, isReadOnly, apply }} paste={take} />
        {!isReadOnly && (
          <div className="editor-foot">
            <span role="status" className={wrong.length > 0 ? 'wrong-cell' : 'muted'}>
              {wrong.length > 0 ? t(WRONG, { count: wrong.length }) : isDirty ? t(UNSAVED) : ''}
            </span>
            <Button disabled={!isDirty} onClick={() => apply(() => made)}>
              {t(DISCARD)}
            </Button>
            <Button
              type="primary"
              loading={save.isPending}
              disabled={!isDirty || isDefaultWrong || wrong.length > 0}
              onClick={() => void send()}>
              {t(SAVE)}
            </Button>
          </div>
        )}
      </div>
      {matrix.families.length === 0 && <p className="muted">{t(NONE)}</p>}
      {wrong.length > 0 && (
        <Alert
          type="error"
          title={t(WRONG, { count: wrong.length })}
          description={
            <ul className="tight">
              {wrong.slice(0, SHOWN_MAX).map(({ from, to, written }) => (
                <li key={from + to}>{t(WHERE, { from, to, why: t(NO_TIME, { written }) })}</li>
              ))}
            </ul>
          }
        />
      )}
      {save.error && <ProblemAlert problem={save.error} />}
    </div>
  );
}
