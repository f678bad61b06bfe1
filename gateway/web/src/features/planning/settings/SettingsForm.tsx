import { Button, InputNumber, Segmented } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { DurationField } from '@/components/DurationField';
import { ProblemAlert } from '@/components/Problem';
import { useTellDone } from '@/components/useTellDone';
import { operationOf, resolve } from '@/lib/api/api';
import { useVerb } from '@/lib/api/hooks';
import { spanOf } from '@/lib/duration';
import { useMay } from '@/lib/session';
import { useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { effectOf, stepsOf, type Settings } from './weights';

const PUT = '/api/scheduling/settings';
const DUE: Text = ['交期', 'Due dates'];
const SETUPS: Text = ['换型', 'Setups'];
const CALM: Text = ['稳定（少变动）', 'Calm (few moves)'];
const FROZEN: Text = ['冻结区', 'Frozen zone'];
const NOT_FROZEN: Text = ['没有：从现在起的一切都可以改。', 'None: everything from now on may change.'];
const FROZEN_FOR: Text = [
  '从现在起 {time} 内开始的工序保持原位；只有事实使其不可能时才让步。',
  'What begins within {time} from now stays in its place, and gives way only to facts that make it impossible.',
];
const NO_TIME: Text = ['请输入不超过 7 天的时间，如 4 h', 'Enter a time of up to 7 days, such as 4 h'];
const MORE: Text = ['更多：搜索时间与触发', 'More: search time and what triggers a repair'];
const SAVE: Text = ['保存', 'Save'];
const BACK: Text = ['放弃改动', 'Discard the changes'];
const UNSAVED: Text = ['有未保存的改动；保存后从下一次排程起生效', 'Not saved yet; holds from the next planning run on'];

const MORE_MEMBERS = ['deviationMinutes', 'fullSeconds', 'incrementalSeconds', 'repairSeconds', 'workers'] as const;

/** What matters how much, in the planner's words: each choice says what it does. */
export function SettingsForm({ settings }: { settings: Settings }) {
  const t = useText();
  const may = useMay();
  const tellDone = useTellDone();
  const save = useVerb('put', PUT);
  const [now, setNow] = useState(settings);
  const before = JSON.stringify(settings);
  useEffect(() => setNow(settings), [before]); // eslint-disable-line react-hooks/exhaustive-deps -- saved, or changed elsewhere
  const isDirty = JSON.stringify(now) !== before;
  const limits = resolve(operationOf('put', PUT).body!).properties ?? {};
  const isFrozenWrong = !(now.frozenMinutes <= (limits.frozenMinutes?.maximum ?? Infinity));
  const isReadOnly = !may('put', PUT);
  const set = (change: Partial<Settings>) => setNow({ ...now, ...change });
  const send = () =>
    save.mutate(
      { body: now },
      {
        onSuccess: answer =>
          tellDone({
            method: 'put',
            path: PUT,
            subject: '',
            before: settings,
            done: { path: {}, query: {}, body: now as never, answer: answer as never },
          }),
      },
    );
  const weight = (name: Text, member: 'tardinessWeight' | 'setupWeight' | 'stabilityWeight') => (
    <Row name={name} says={effectOf(member, now)}>
      <Segmented<number>
        aria-label={t(name)}
        disabled={isReadOnly}
        value={now[member]}
        onChange={value => set({ [member]: value })}
        options={stepsOf(member, settings[member])}
      />
    </Row>
  );
  return (
    <div className="sheet padded settings">
      {weight(DUE, 'tardinessWeight')}
      {weight(SETUPS, 'setupWeight')}
      {weight(CALM, 'stabilityWeight')}
      <Row
        name={FROZEN}
        says={
          isFrozenWrong
            ? t(NO_TIME)
            : now.frozenMinutes === 0
              ? t(NOT_FROZEN)
              : t(FROZEN_FOR, { time: spanOf(now.frozenMinutes * 60) })
        }>
        <span className="one-time">
          <DurationField
            label={t(FROZEN)}
            value={now.frozenMinutes * 60}
            onChange={seconds => set({ frozenMinutes: Math.ceil((seconds ?? 0) / 60) })}
          />
        </span>
      </Row>
      <details>
        <summary>{t(MORE)}</summary>
        <div className="settings-more">
          {MORE_MEMBERS.map(member => (
            <label key={member}>
              {t(nameOf(member))}
              <InputNumber
                min={limits[member]?.minimum}
                max={limits[member]?.maximum}
                precision={0}
                disabled={isReadOnly}
                value={now[member]}
                onChange={value => value !== null && set({ [member]: value })}
              />
            </label>
          ))}
        </div>
      </details>
      {save.error && <ProblemAlert problem={save.error} />}
      {!isReadOnly && (
        <div className="editor-foot">
          <span role="status" className="muted">
            {isDirty ? t(UNSAVED) : ''}
          </span>
          <Button disabled={!isDirty} onClick={() => setNow(settings)}>
            {t(BACK)}
          </Button>
          <Button type="primary" loading={save.isPending} disabled={!isDirty || isFrozenWrong} onClick={send}>
            {t(SAVE)}
          </Button>
        </div>
      )}
    </div>
  );
}

function Row({ name, says, children }: { name: Text; says: string; children: ReactNode }) {
  const t = useText();
  return (
    <div className="settings-row">
      <strong>{t(name)}</strong>
      <div>
        {children}
        <p className="muted">{says}</p>
      </div>
    </div>
  );
}
